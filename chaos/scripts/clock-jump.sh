#!/bin/sh
# The clock that the server goes by jumps ahead, and stays ahead.
# Usage: clock-jump.sh [--millis N] [--for SECONDS] [--stop]; -h says more.
exec sh "$(dirname "$0")/fault.sh" clock-jump "$@"
