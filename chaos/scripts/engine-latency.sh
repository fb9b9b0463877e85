#!/bin/sh
# Searches take longer.
# Usage: engine-latency.sh [--factor N] [--millis N] [--shape constant|pareto|log-normal] [--how wait|burn] [--for SECONDS] [--stop]; -h says more.
exec sh "$(dirname "$0")/fault.sh" engine-latency "$@"
