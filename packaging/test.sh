#!/usr/bin/env bash
# Builds Lathe and its agents and runs all tests; the last line is "N passed, N failed". Idempotent.
# LATHE_PRESET chooses one preset (dev, asan, tsan, fuzz) instead of dev followed by a minute or two of fuzzing,
# LATHE_TEST_FILTER a subset by regular expression.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -n "${LATHE_SKIP_INSTALL:-}" ] || packaging/install.sh

log=build/test.log
mkdir -p build
: >"$log"
status=0
# run PRESET [TARGET TESTS]: builds the target (all), then runs what CTest finds there, or the tests of this pattern.
run() {
    cmake --preset "$1"
    cmake --build --preset "$1" -j "$(nproc)" ${2:+--target "$2"}
    QT_QPA_PLATFORM=offscreen ctest --preset "$1" -j "$(nproc)" --timeout 600 \
        ${LATHE_TEST_FILTER:+-R "$LATHE_TEST_FILTER"} ${3:+-R "$3"} 2>&1 | tee -a "$log" || status=1
}
case ${LATHE_PRESET:-} in
    fuzz) run fuzz fuzz_targets ^fuzz_ ;;
    ?*) run "$LATHE_PRESET" ;;
    *)
        LATHE_SKIP_INSTALL=1 packaging/agents.sh
        run dev
        [ -n "${LATHE_TEST_FILTER:-}" ] || run fuzz fuzz_targets ^fuzz_
        ;;
esac

# CTest prints one line a test: "Passed", "***Failed", "***Skipped", ...
total=$(grep -cE '^ *[0-9]+/[0-9]+ Test +#' "$log" || true)
passed=$(grep -cE '^ *[0-9]+/[0-9]+ Test +#.* Passed ' "$log" || true)
skipped=$(grep -cE '^ *[0-9]+/[0-9]+ Test +#.*\*\*\*Skipped' "$log" || true)
failed=$((total - passed - skipped))
[ "$total" -gt 0 ] || { echo "No test ran."; status=1; }
if [ "$skipped" -gt 0 ]; then
    echo "$skipped skipped:"
    grep -E '\*\*\*Skipped' "$log" | sed -E 's/^.*Test +#[0-9]+: ([^ ]+).*/  \1/' | sort -u
fi
echo "$passed passed, $failed failed"
exit $status
