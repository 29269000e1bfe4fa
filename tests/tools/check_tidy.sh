#!/usr/bin/env bash
# clang-tidy on the sources that the last commit changed (LATHE_TIDY_BASE chooses another base), at most twelve of them.
set -euo pipefail
cd "$1"
command -v clang-tidy >/dev/null || { echo "clang-tidy is not installed: apt-get install clang-tidy"; exit 1; }
base=${LATHE_TIDY_BASE:-HEAD~1}
git rev-parse -q --verify "$base" >/dev/null || base=$(git hash-object -t tree /dev/null)
mapfile -t files < <(git diff --name-only --diff-filter=AM "$base" -- 'engine/*.cpp' 'app/cli/*.cpp' 'plugins/*.cpp' | head -n 12)
[ ${#files[@]} -gt 0 ] || { echo "tidy: nothing changed"; exit 0; }
# clang cannot read the precompiled headers of gcc: the commands go without them.
commands=$(mktemp -d)
trap 'rm -rf "$commands"' EXIT
sed -E 's/-Winvalid-pch //; s/-include [^ ]*cmake_pch\.hxx //' "$2/compile_commands.json" >"$commands/compile_commands.json"
printf '%s\n' "${files[@]}" | xargs -P 2 -n 4 clang-tidy --quiet -p "$commands" --extra-arg=-Wno-unknown-warning-option
echo "tidy: ${#files[@]} changed files are clean"
