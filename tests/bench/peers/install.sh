#!/usr/bin/env bash
# Installs ONNX Runtime from npm into the folder of the first argument, without running install scripts.
set -euo pipefail
command -v npm >/dev/null && command -v node >/dev/null || { echo "node and npm are needed; install them." >&2; exit 1; }
mkdir -p "$1"
# An installed version stays until package.json asks for another: results are compared within one version.
cmp -s "$(dirname "$0")/package.json" "$1/package.json" && [ -f "$1/node_modules/onnxruntime-node/package.json" ] && exit 0
cp "$(dirname "$0")/package.json" "$1/package.json"
cd "$1"
npm install --ignore-scripts --no-audit --no-fund >&2
