#!/usr/bin/env python3
"""Runs the commands of a golden file and compares what they print.

A golden file holds commands and what they print:

    $ lathe-cli info SAMPLES/digits.onnx
    ... expected standard output; {*} stands for any text within a line ...
    = 0

SAMPLES is the samples folder, TESTDATA that of the package libonnx-testdata, TEMP an empty folder of this run. "= N" is
the exit code. Lines of standard error follow with "! ". Spaces between columns count as one, because a column is as wide
as the folder's name. `--update` writes what was printed (review the difference).
"""
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

program, samples, path = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
update = "--update" in sys.argv[4:]
TESTDATA = "/usr/share/libonnx-testdata/data"
NEEDS_TESTDATA = 77  # the exit code for "skipped"


def matches(expected, got):
    expected, got = (re.sub(r"(?<=\S) +", " ", line) for line in (expected, got))
    pattern = ".*?".join(re.escape(part) for part in expected.split("{*}"))
    return re.fullmatch(pattern, got) is not None


def execute(command, temp):
    words = [program if w == "lathe-cli" else w.replace("SAMPLES", samples).replace("TESTDATA", TESTDATA).replace("TEMP", temp) for w in shlex.split(command)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL)
    lines = done.stdout.splitlines() + ["! " + line for line in done.stderr.splitlines()] + [f"= {done.returncode}"]
    return [line.replace(samples, "SAMPLES").replace(TESTDATA, "TESTDATA").replace(temp, "TEMP").rstrip() for line in lines]


text = path.read_text(encoding="utf-8").splitlines()
if any("TESTDATA" in line for line in text) and not pathlib.Path(TESTDATA).is_dir():
    print("skipped: needs the package libonnx-testdata")
    sys.exit(NEEDS_TESTDATA)
failed = False
written = []
with tempfile.TemporaryDirectory() as temp:
    index = 0
    while index < len(text):
        line = text[index]
        index += 1
        if not line.startswith("$ "):
            written.append(line)
            continue
        expected = []
        while index < len(text) and not text[index].startswith("$ "):
            expected.append(text[index])
            index += 1
        while expected and not expected[-1]:
            expected.pop()
        got = execute(line[2:], temp)
        written += [line] + (got if not (len(got) == len(expected) and all(map(matches, expected, got))) else expected) + [""]
        if len(got) != len(expected) or not all(map(matches, expected, got)):
            failed = True
            print(f"{path.name}: {line}\n--- expected")
            print("\n".join(expected))
            print("--- got")
            print("\n".join(got))
if update:
    path.write_text("\n".join(written).rstrip() + "\n", encoding="utf-8")
    sys.exit(0)
sys.exit(1 if failed else 0)
