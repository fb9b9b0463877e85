#!/bin/sh
# Memory is held and not used.
# Usage: heap-pressure.sh [--mebibytes N] [--for SECONDS] [--stop]; -h says more.
exec sh "$(dirname "$0")/fault.sh" heap-pressure "$@"
