#!/usr/bin/env python3
"""What `lathe-cli plan` says of a Concat and a Split that copy nothing: plan_parts.py PROGRAM.

Both halves of the Concat are computed in their place of it, and those of the input are read where they lie.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

from onnx_bytes import attribute, model, node, value

NODES = [
    node("Split", ["x"], ["p", "q"], "split", [attribute("axis", 0), attribute("num_outputs", 2)]),
    node("MatMul", ["p", "w"], ["a"], "first"),
    node("MatMul", ["q", "w"], ["b"], "second"),
    node("Concat", ["a", "b"], ["c"], "concat", [attribute("axis", 0)]),
    node("ReduceMax", ["c"], ["y"], "largest"),
]
WANTED = {
    "split": ("view", [("input", 0), ("input", 128)]),
    "first": ("mat_mul_packed", [("arena", 0)]),
    "second": ("mat_mul_packed", [("arena", 128)]),
    "concat": ("view", [("arena", 0)]),
}

with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder) / "parts.onnx"
    path.write_bytes(model(NODES, [value("x", dims=[4, 16]), value("w", dims=[16, 16])], [value("y", dims=[1, 1])],
                           version=18))
    command = [sys.argv[1], "plan", path, "--threads", "1"]
    table = subprocess.run(command, capture_output=True, text=True, timeout=60)
    done = subprocess.run([*command, "--json"], capture_output=True, text=True, timeout=60)
    command = [sys.argv[1], "bench", path, "--threads", "1", "--runs", "5", "--json"]
    bench = subprocess.run(command, capture_output=True, text=True, timeout=60)
if done.returncode:
    sys.exit(done.stdout + done.stderr)
steps = {step["nodes"][0]["name"]: step for step in json.loads(done.stdout)["steps"]}
found = {name: (steps[name]["kernel"], [(out["memory"], out["offset"]) for out in steps[name]["outputs"]])
         for name in WANTED}
if found != WANTED:
    sys.exit(f"expected {WANTED}, found {found}")
if "input, input+128" not in table.stdout:
    sys.exit(f"the table does not tell where the parts of the input lie:\n{table.stdout}")
if json.loads(bench.stdout)["results"][0]["plan"] != json.loads(done.stdout)["steps"]:
    sys.exit(f"a bench tells another plan:\n{bench.stdout}{bench.stderr}")
