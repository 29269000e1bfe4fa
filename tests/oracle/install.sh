#!/usr/bin/env bash
# Installs ONNX Runtime from npm into the build folder. Exit code 77: not possible here, the tests are skipped.
set -euo pipefail
command -v npm >/dev/null && command -v node >/dev/null || { echo "skipped: node and npm are not installed"; exit 77; }
cp "$1/package.json" "$2/package.json"
[ -f "$2/node_modules/onnxruntime-node/package.json" ] && exit 0
cd "$2"
npm install --ignore-scripts --no-audit --no-fund || { echo "skipped: npm could not install onnxruntime-node"; exit 77; }
