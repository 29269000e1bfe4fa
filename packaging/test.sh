#!/usr/bin/env bash
# Builds Lathe and runs all tests; the last line is "N passed, N failed". Idempotent.
# LATHE_PRESET chooses another preset (asan, tsan), LATHE_TEST_FILTER a subset by regular expression.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=${LATHE_PRESET:-dev}
[ -n "${LATHE_SKIP_INSTALL:-}" ] || packaging/install.sh
cmake --preset "$preset"
cmake --build --preset "$preset" -j "$(nproc)"

log=build/$preset/test.log
status=0
QT_QPA_PLATFORM=offscreen ctest --preset "$preset" -j "$(nproc)" --timeout 600 \
    ${LATHE_TEST_FILTER:+-R "$LATHE_TEST_FILTER"} 2>&1 | tee "$log" || status=1

# CTest prints one line a test: "Passed", "***Failed", "***Skipped", ...
total=$(grep -cE '^ *[0-9]+/[0-9]+ Test +#' "$log" || true)
passed=$(grep -cE '^ *[0-9]+/[0-9]+ Test +#.* Passed ' "$log" || true)
skipped=$(grep -cE '^ *[0-9]+/[0-9]+ Test +#.*\*\*\*Skipped' "$log" || true)
failed=$((total - passed - skipped))
[ "$total" -gt 0 ] || { echo "No test ran."; status=1; }
if [ "$skipped" -gt 0 ]; then
    echo "Skipped:"
    grep -E '\*\*\*Skipped' "$log" | sed -E 's/^.*Test +#[0-9]+: ([^ ]+).*/  \1/' | sort -u
    echo "$passed passed, $failed failed, $skipped skipped"
else
    echo "$passed passed, $failed failed"
fi
exit $status
