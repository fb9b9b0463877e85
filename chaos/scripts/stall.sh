#!/bin/sh
# Event loops, or these and the workers, stand still for a moment.
# Usage: stall.sh [--millis N] [--what loops|all] [--for SECONDS] [--stop]; -h says more.
exec sh "$(dirname "$0")/fault.sh" stall "$@"
