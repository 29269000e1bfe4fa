#!/usr/bin/env bash
# Builds Lathe and opens it: packaging/run.sh [MODEL]. Without MODEL it opens the bundled sample. Without a display it
# runs the same job headless and ends with a report and an exported file. Idempotent.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
model=$(realpath -- "${1:-$root/resources/samples/digits.onnx}")
cd "$root"
[ -n "${LATHE_SKIP_INSTALL:-}" ] || packaging/install.sh
cmake --preset release >/dev/null
cmake --build --preset release -j "$(nproc)" --target lathe lathe-cli lathe_plugins

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec build/release/bin/lathe "$model"
fi
echo "There is no display (DISPLAY and WAYLAND_DISPLAY are empty), so Lathe runs headless."
out=$root/build/headless
mkdir -p "$out"
name=$(basename "${model%.*}")
cli=build/release/bin/lathe-cli
"$cli" info "$model"
"$cli" optimize "$model" "$out/$name.optimized.onnx" --preset extended --verify --force
"$cli" bench "$out/$name.optimized.onnx" --runs 50
"$cli" report "$model" "$out/$name.optimized.onnx" -o "$out/$name.html" --force
echo "Report: $out/$name.html"
echo "Exported: $out/$name.optimized.onnx"
