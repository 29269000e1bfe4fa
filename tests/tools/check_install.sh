#!/usr/bin/env bash
# check_install.sh SOURCE BUILD: an installed Lathe works from wherever it lies, apart from its sources: its command line
# reads its sample, its plugin loads, it exports a project, and a plugin of another project builds against its headers.
set -euo pipefail
source=$1 build=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --install "$build" --prefix "$work/first" >/dev/null
mv "$work/first" "$work/moved here"
prefix="$work/moved here"
cli=$prefix/bin/lathe-cli
sample=$prefix/share/lathe/samples/digits.onnx

cmake -S "$source/tests/tools/installed" -B "$work/plugin" -G Ninja -DCMAKE_PREFIX_PATH="$prefix" >/dev/null
cmake --build "$work/plugin" >/dev/null
cp "$work/plugin"/node_names.{so,json} "$prefix/lib/lathe/plugins/"

if readelf -d "$cli" "$prefix/lib/lathe/plugins/ncnn.so" | grep RUNPATH | grep -F "$build"; then
    echo "Installed programs look for libraries in the build tree."
    exit 1
fi
"$cli" formats | grep -w ncnn
"$cli" convert "$sample" "$work/digits.names"
test "$(wc -l <"$work/digits.names")" -gt 5
"$cli" export "$sample" "$work/project" --to cpp
test -f "$work/project/CMakeLists.txt"
test ! -e "$prefix/bin/lathe" || QT_QPA_PLATFORM=offscreen "$prefix/bin/lathe" --version
