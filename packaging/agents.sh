#!/usr/bin/env bash
# Builds the agents that phones and boards run: for x86-64, and for 64-bit Arm when its compiler is there. Idempotent.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -n "${LATHE_SKIP_INSTALL:-}" ] || packaging/install.sh
presets=(agent-x64)
if command -v aarch64-linux-gnu-g++ >/dev/null; then
    presets+=(agent-arm64)
else
    echo "aarch64-linux-gnu-g++ is not installed: no agent for phones and Arm boards is built."
fi
for preset in "${presets[@]}"; do
    cmake --preset "$preset" >/dev/null
    cmake --build --preset "$preset" -j "$(nproc)"
done
