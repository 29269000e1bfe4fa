#!/usr/bin/env bash
# Every C++ file is as the formatter writes it.
set -euo pipefail
cd "$1"
find engine widgets app plugins tests \( -name '*.cpp' -o -name '*.h' \) -print0 | sort -z |
    xargs -0 clang-format --dry-run --Werror
echo "format: all files are as the formatter writes them"
