#!/usr/bin/env bash
# check_static.sh AGENT: what a device asks of a program that is pushed to it: static, no interpreter, segments on pages
# of 16 KiB and more, and small. 77: there is no such agent.
set -euo pipefail
agent=$1
[ -e "$agent" ] || { echo "$agent is not built (presets agent-x64, agent-arm64)"; exit 77; }
headers=$(readelf -lWd "$agent")
if grep -qE 'INTERP|NEEDED' <<<"$headers"; then
    echo "It is not static:"
    grep -E 'INTERP|NEEDED' <<<"$headers"
    exit 1
fi
loads=0
while read -r alignment; do
    loads=$((loads + 1))
    [ $((alignment)) -ge 16384 ] || { echo "A LOAD segment is aligned to $alignment; some kernels have pages of 16 KiB."; exit 1; }
done < <(awk '$1 == "LOAD" { print $NF }' <<<"$headers")
[ "$loads" -gt 0 ] || { echo "There is no LOAD segment"; exit 1; }
stripped=$(mktemp)
trap 'rm -f "$stripped"' EXIT
case $(readelf -h "$agent") in
    *AArch64*) strip=aarch64-linux-gnu-strip ;;
    *) strip=strip ;;
esac
"$strip" -o "$stripped" "$agent"
size=$(stat -c %s "$stripped")
echo "static, $loads LOAD segments, $size bytes stripped"
[ "$size" -le "${2:-6000000}" ] || { echo "More than ${2:-6000000} bytes"; exit 1; }
