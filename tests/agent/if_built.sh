#!/usr/bin/env bash
# if_built.sh FILE COMMAND...: runs the command when the file is there; else 77, a skipped test.
set -euo pipefail
[ -e "$1" ] || { echo "$1 is not built (presets agent-x64, agent-arm64)"; exit 77; }
shift
exec "$@"
