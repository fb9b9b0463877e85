#!/bin/sh
# All threads of a process stand still for a time: the real pause that stall.sh only approximates.
# Usage: freeze.sh PID SECONDS
set -euf

fail() {
  printf '%s: %s\n' "${0##*/}" "$1" >&2
  exit "${2:-1}"
}

case ${1-} in -h | --help) sed -n 's/^# //p' "$0" && exit ;; esac
[ $# -eq 2 ] || fail 'name a process and seconds; -h explains' 2
case $1 in '' | *[!0-9]*) fail "$1 is no process id" 2 ;; esac
case $2 in '' | *[!0-9.]*) fail "$2 is no number of seconds" 2 ;; esac
kill -STOP "$1" 2>/dev/null || fail "there is no process $1 of yours"
trap 'kill -CONT "$1"' EXIT
trap 'exit 130' HUP INT TERM
sleep "$2"
