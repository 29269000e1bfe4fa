#!/usr/bin/env bash
# Measures Lathe and ONNX Runtime on the same models in one run; `run.sh --help` lists the options.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
"$here/install.sh" "$root/build/bench/peers"
exec node "$here/main.js" "$root" "$@"
