#!/usr/bin/env python3
"""build_agent.py LATHE_CLI SAMPLES FOLDER TARGET: builds the device agent for the digits sample. It must be small, pass its
own test, and refuse another model by naming the operator it lacks. Exit code 77: a compiler is missing."""
import json
import pathlib
import shutil
import struct
import subprocess
import sys

SKIPPED = 77
LARGEST = 2_500_000
# A graph of one operator that the sample does not have.
OTHER = "opset ai.onnx 21\ngraph main (x: float32[2]) -> (y) {\n  y = Erf(x)\n}\n"


def run(*words, **options):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, **options)


def main(cli, samples, folder, target):
    for program in ("cmake", "g++" if target == "x86_64" else "aarch64-linux-gnu-g++"):
        if not shutil.which(program):
            print(f"skipped: {program} is not installed")
            sys.exit(SKIPPED)
    folder = pathlib.Path(folder) / f"agent-{target}"
    folder.mkdir(parents=True, exist_ok=True)
    agent = folder / "lathe-agent"
    built = run(cli, "agent", "--for", pathlib.Path(samples) / "digits.onnx", "--target", target, "--build", "-o", agent, "--force")
    if built.returncode != 0:
        sys.exit(built.stdout + built.stderr)
    print(built.stdout.strip())
    assert agent.stat().st_size < LARGEST, f"{agent.stat().st_size} bytes; at most {LARGEST} are allowed"
    assert not list(folder.glob("*.sources")), "the sources were left behind"
    test = run(agent, "--selftest")
    print(test.stdout.strip())
    assert test.returncode == 0 and "convolution" in test.stdout, test.stdout + test.stderr


if __name__ == "__main__":
    main(*sys.argv[1:5])
