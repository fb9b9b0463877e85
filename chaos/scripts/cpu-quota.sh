#!/bin/sh
# A process gets so many percent of one processor for a time, by a control group, as in a container
# with a limit. Needs the right to make control groups: root, as a rule.
# Usage: cpu-quota.sh PID PERCENT SECONDS
set -euf

fail() {
  printf '%s: %s\n' "${0##*/}" "$1" >&2
  exit "${2:-1}"
}

case ${1-} in -h | --help) sed -n 's/^# //p' "$0" && exit ;; esac
[ $# -eq 3 ] || fail 'name a process, percent and seconds; -h explains' 2
case $1 in '' | *[!0-9]*) fail "$1 is no process id" 2 ;; esac
case $2 in '' | 0* | *[!0-9]*) fail "$2 is no number of percent" 2 ;; esac
case $3 in '' | *[!0-9.]*) fail "$3 is no number of seconds" 2 ;; esac
kill -0 "$1" 2>/dev/null || fail "there is no process $1 of yours"

root=/sys/fs/cgroup
if [ -e $root/cgroup.controllers ]; then
  before=$root$(sed -n 's/^0:://p' "/proc/$1/cgroup")
  group=$root/weir-quota-$1
  limit() { echo "$(($2 * 1000)) 100000" >"$1/cpu.max"; }
else
  before=$root/cpu$(sed -n 's/^[0-9]*:\(.*,\)*cpu\(,.*\)*:\(.*\)$/\3/p' "/proc/$1/cgroup")
  group=$root/cpu/weir-quota-$1
  limit() { echo "$(($2 * 1000))" >"$1/cpu.cfs_quota_us"; }
fi
mkdir "$group" 2>/dev/null || fail "no control group can be made in ${group%/*}"
trap 'echo "$1" >"$before/cgroup.procs" || true; rmdir "$group"' EXIT
trap 'exit 130' HUP INT TERM
{ limit "$group" "$2" && echo "$1" >"$group/cgroup.procs"; } 2>/dev/null ||
  fail "processors cannot be limited in $group"
sleep "$3"
