#!/usr/bin/env python3
"""Everything in a list (ops.inc, passes.inc) has its source file and its test, and the list is sorted."""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
LISTS = [
    ("engine/ops/ops.inc", "engine/ops/{}.cpp", ["tests/engine/ops/{}_test.cpp"]),
    ("engine/passes/passes.inc", "engine/passes/{}.cpp", ["tests/engine/passes/{}.ir", "tests/engine/passes/{}_test.cpp"]),
    ("engine/remote/transports/transports.inc", "engine/remote/transports/{}.cpp", ["tests/engine/remote/transports/{}_test.cpp"]),
]


def snake(name):
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


problems = []
for inc, source, tests in LISTS:
    path = root / inc
    if not path.exists():
        continue
    names = re.findall(r"^LATHE_\w+\((\w+)\)", path.read_text(), re.M)
    if names != sorted(names):
        problems.append(f"{inc}: is not sorted")
    for name in names:
        spellings = {name, snake(name)}
        if not any((root / source.format(s)).exists() for s in spellings):
            problems.append(f"{inc}: {name} has no {source.format(snake(name))}")
        if not any((root / t.format(s)).exists() for t in tests for s in spellings):
            problems.append(f"{inc}: {name} has no test {tests[0].format(snake(name))}")
print("\n".join(problems) or "every listed thing has its file and its test")
sys.exit(1 if problems else 0)
