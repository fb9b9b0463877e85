#!/bin/sh
# Threads that compute nothing take processors away.
# Usage: cpu-theft.sh [--threads N] [--for SECONDS] [--stop]; -h says more.
exec sh "$(dirname "$0")/fault.sh" cpu-theft "$@"
