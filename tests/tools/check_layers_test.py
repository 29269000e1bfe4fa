#!/usr/bin/env python3
"""The layer check must object to what it exists for."""
import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import check_layers

CASES = {
    "engine/ir/a.cpp": ('#include "engine/ops/op.h"\n', "rank"),
    "engine/passes/b.cpp": ('#include "engine/kernels/kernel.h"\n', "rank"),
    "engine/base/c.cpp": ("#include <QString>\n", "Qt"),
    "widgets/canvas/d.cpp": ('#include "engine/runtime/session.h"\n', "values"),
    "engine/formats/lathe/f.cpp": ('#include "engine/formats/onnx/onnx.h"\n', "agent"),
    "engine/ops/e.cpp": ('#include "app/gui/window.h"\n', "nobody"),
}
with tempfile.TemporaryDirectory() as folder:
    root = pathlib.Path(folder)
    for name, (text, _) in CASES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    (root / "engine/runtime").mkdir()
    (root / "engine/runtime/good.cpp").write_text('#include "engine/ops/op.h"\n#include "engine/runtime/plan.h"\n')
    problems = check_layers.check(root)
    for name, (_, word) in CASES.items():
        assert any(p.startswith(name) and word in p for p in problems), (name, problems)
    assert len(problems) == len(CASES), problems
print("the layer check finds all", len(CASES), "mistakes")
