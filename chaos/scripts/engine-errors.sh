#!/bin/sh
# Searches fail, as by a defect in the engine.
# Usage: engine-errors.sh [--part 0.5] [--profile NAME] [--for SECONDS] [--stop]; -h says more.
exec sh "$(dirname "$0")/fault.sh" engine-errors "$@"
