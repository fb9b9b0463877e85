#!/bin/sh
# What the server keeps on disk cannot be written.
# Usage: disk-full.sh [--for SECONDS] [--stop]; -h says more.
exec sh "$(dirname "$0")/fault.sh" disk-full "$@"
