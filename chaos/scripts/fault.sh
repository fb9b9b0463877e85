#!/bin/sh
# Causes a fault in a server that was started with --chaos, or ends it. The scripts beside this one
# are this one for a fault each.
# POSIX sh; needs curl.
set -euf

usage() {
  cat <<END
Usage: fault.sh FAULT [--NAME VALUE...] [--for SECONDS] [--admin URL]
       fault.sh FAULT --stop
       fault.sh --list

--list shows the faults, what each does now, and what can be set, as NAME=VALUE.
--for ends the fault by itself; without it, it lasts until --stop.
--admin is the server's admin port (default: \$WEIR_ADMIN, else http://127.0.0.1:8990).
\$WEIR_ADMIN_TOKEN is sent if the server wants a token.
END
}

fail() {
  printf '%s: %s\n' "${0##*/}" "$1" >&2
  exit "${2:-1}"
}

# ask METHOD PATH: prints what the server answers, or ends with that.
ask() {
  command -v curl >/dev/null || fail 'curl is needed'
  token=${WEIR_ADMIN_TOKEN:+Authorization: Bearer $WEIR_ADMIN_TOKEN}
  answer=$(curl --silent --show-error --max-time 120 --globoff --request "$1" \
    ${token:+--header "$token"} --write-out '%{http_code}' "$admin$2" 2>&1) ||
    fail "no server answers at $admin: $(printf '%s' "$answer" | head -n 1)"
  said=$(printf '%s' "${answer%???}")
  status=${answer#"${answer%???}"}
  case $status in
  200) printf '%s\n' "$said" ;;
  404) fail "$admin does not allow faults: start the server with --chaos" ;;
  401 | 403) fail "$admin wants a token: set WEIR_ADMIN_TOKEN" ;;
  *) fail "$said" ;;
  esac
}

admin=${WEIR_ADMIN:-http://127.0.0.1:8990}
fault=
wishes=
method=POST
while [ $# -gt 0 ]; do
  case $1 in
  -h | --help) usage && exit ;;
  --stop) method=DELETE ;;
  --list) method=GET ;;
  --*)
    [ $# -ge 2 ] || fail "$1 needs a value" 2
    case $2 in *[!A-Za-z0-9._:/-]*) fail "$1 $2: use letters, digits, dots and hyphens" 2 ;; esac
    case $1 in
    --admin) admin=$2 ;;
    *) wishes="$wishes${wishes:+&}${1#--}=$2" ;;
    esac
    shift
    ;;
  -*) fail "unknown option $1; -h lists them" 2 ;;
  *)
    [ -z "$fault" ] || fail "one fault at a time: $fault, $1" 2
    case $1 in *[!a-z-]*) fail "$1 is no fault; --list shows them" 2 ;; esac
    fault=$1
    ;;
  esac
  shift
done

if [ "$method" = GET ]; then
  ask GET /chaos
else
  [ -n "$fault" ] || fail 'name a fault; --list shows them, -h explains' 2
  ask "$method" "/chaos/$fault${wishes:+?$wishes}"
fi
