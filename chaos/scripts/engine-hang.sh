#!/bin/sh
# Searches neither end nor listen, until this is stopped.
# Usage: engine-hang.sh [--next N] [--part P] [--how wait|burn] [--for SECONDS] [--stop]; -h says more.
exec sh "$(dirname "$0")/fault.sh" engine-hang "$@"
