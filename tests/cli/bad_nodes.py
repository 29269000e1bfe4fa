#!/usr/bin/env python3
"""Models with one node that breaks its operator's rules: bad_nodes.py PROGRAM.

Each is run; lathe-cli must end with 1 and a message that names the file, the node and the reason.
"""
import pathlib
import subprocess
import sys
import tempfile

from onnx_bytes import attribute, function, graph, model, node, tensor, value

PROGRAM = sys.argv[1]
TYPES = {"f": 1, "u8": 2, "i8": 3, "i32": 6, "i64": 7, "s": 8, "b": 9, "d": 11}
X, X4 = "f[2,3]", "f[1,4,5,5]"


def typed(text):
    """'f[2,3]' to element type and dimensions."""
    name, dims = text[:-1].split("[")
    return TYPES[name], [int(d) for d in dims.split(",") if d]


def integers(*values):
    """A constant input of int64."""
    return list(values)


def build(op, inputs, attributes, outputs=1, version=17):
    names, declared, initializers = [], [], []
    for i, given in enumerate(inputs):
        if given is None:
            names.append("")
            continue
        names.append(f"x{i}")
        if isinstance(given, list):
            raw = b"".join(v.to_bytes(8, "little", signed=True) for v in given)
            initializers.append(tensor(f"x{i}", [len(given)], raw, element=7))
        else:
            declared.append(value(f"x{i}", *typed(given)))
    results = [f"y{i}" for i in range(outputs)]
    attrs = [attribute(k, v) for k, v in attributes.items()]
    return model([node(op, names, results, "bad", attrs)], declared, [value("y0", 1, [])], initializers, version)


# Operator, inputs, attributes, what the message must say; more where the form of an older operator set matters.
WRONG_TYPE = [(op, inputs, {}, "has type") for op, inputs in [
    ("Relu", ["b[2]"]), ("Conv", ["i64[1,1,4,4]", "i64[1,1,2,2]"]), ("MatMul", ["b[2,2]", "b[2,2]"]),
    ("Gemm", ["s[2,2]", "s[2,2]"]), ("Softmax", ["i64[2,2]"]), ("Sigmoid", ["i32[2]"]), ("Tanh", ["b[2]"]),
    ("Exp", ["i64[2]"]), ("Log", ["i8[2]"]), ("Sqrt", ["i64[2]"]), ("Erf", ["s[2]"]), ("Not", ["f[2]"]),
    ("And", ["f[2]", "f[2]"]), ("Or", ["i64[2]", "i64[2]"]), ("Xor", ["f[2]", "f[2]"]), ("Abs", ["s[2]"]),
    ("BatchNormalization", ["i64[1,2,3,3]", "i64[2]", "i64[2]", "i64[2]", "i64[2]"]), ("MaxPool", ["s[1,1,4,4]"]),
    ("AveragePool", ["i64[1,1,4,4]"]), ("LSTM", ["i64[1,1,2]", "i64[1,8,2]", "i64[1,8,2]"]), ("Clip", ["b[2]"]),
    ("ReduceMean", ["b[2,2]"]), ("ArgMax", ["b[2,2]"]), ("TopK", ["b[4]", integers(2)]), ("Sin", ["i64[2]"]),
    ("Gather", ["f[2,2]", "f[1]"]), ("Where", ["f[2]", "f[2]", "f[2]"]), ("NonMaxSuppression", ["d[1,2,4]", "d[1,1,2]"]),
    ("Reshape", ["f[4]", "f[1]"]), ("Expand", ["f[4]", "f[1]"]), ("Tile", ["f[4]", "f[1]"]), ("Pad", ["f[4]", "f[2]"]),
    ("ConstantOfShape", ["f[2]"]), ("QuantizeLinear", ["s[4]", "f[]", "u8[]"]), ("DequantizeLinear", ["f[4]", "f[]"]),
    ("IsNaN", ["i64[2]"]), ("BitShift", ["f[2]", "f[2]"]), ("CumSum", ["b[4]", "i64[]"]), ("Det", ["i64[2,2]"]),
    ("If", ["f[]"]), ("LayerNormalization", ["i64[2,3]", "i64[3]"]), ("GatherND", ["f[2,2]", "f[1,2]"])]]
MIXED_TYPES = [(op, inputs, {}, "type") for op, inputs in [
    ("Add", ["f[2]", "d[2]"]), ("Mul", ["f[2]", "i64[2]"]), ("MatMul", ["f[2,2]", "d[2,2]"]), ("Concat", ["f[2]", "i64[2]"]),
    ("Conv", ["f[1,1,4,4]", "d[1,1,2,2]"]), ("Gemm", ["f[2,2]", "f[2,2]", "d[2]"]), ("Equal", ["f[2]", "i64[2]"]),
    ("Where", ["b[2]", "f[2]", "d[2]"]), ("Max", ["f[2]", "d[2]"]), ("PRelu", ["f[2]", "d[2]"])]]
MISSING_INPUT = [(op, inputs, {}, "input") for op, inputs in [
    ("Relu", []), ("Add", [X]), ("MatMul", [X]), ("Conv", [X4]), ("Gemm", [X]), ("Where", ["b[2]", "f[2]"]),
    ("Reshape", [X]), ("Gather", [X]), ("BatchNormalization", [X4, "f[4]"]), ("LSTM", ["f[1,1,2]"]), ("Softmax", []),
    ("Slice", [X]), ("Pad", [X]), ("Tile", [X]), ("Expand", [X]), ("TopK", [X]), ("ScatterND", [X]), ("OneHot", ["i64[2]"]),
    ("Conv", [X4, None]), ("Add", [None, X]), ("LayerNormalization", [X]), ("QuantizeLinear", [X])]]
TOO_MANY_INPUTS = [(op, inputs, {}, "input") for op, inputs in [
    ("Relu", [X, X]), ("Add", [X, X, X]), ("Softmax", [X, X]), ("MatMul", [X, X, X]), ("Conv", [X4, X4, "f[1]", X]),
    ("Transpose", [X, X]), ("Reshape", [X, integers(6), X]), ("Flatten", [X, X])]]
WRONG_ATTRIBUTE = [
    ("Softmax", [X], {"axis": "last"}, "axis"), ("Concat", [X], {"axis": 1.5}, "axis"), ("Concat", [X], {}, "axis"),
    ("Transpose", [X], {"perm": 1}, "perm"), ("Conv", [X4, "f[4,4,3,3]"], {"strides": 2}, "strides"),
    ("Conv", [X4, "f[4,4,3,3]"], {"auto_pad": "MAYBE"}, "auto_pad"), ("MaxPool", [X4], {}, "kernel_shape"),
    ("Gemm", [X, X], {"alpha": "much"}, "alpha"), ("LeakyRelu", [X], {"alpha": [1.0]}, "alpha"), ("Cast", [X], {}, "to"),
    ("Cast", [X], {"to": 99}, "to"), ("Cast", [X], {"to": "float"}, "to"), ("LRN", [X4], {}, "size"),
    ("DepthToSpace", [X4], {}, "blocksize"), ("DepthToSpace", [X4], {"blocksize": 2, "mode": "XYZ"}, "mode"),
    ("Pad", [X, integers(0, 0, 0, 0)], {"mode": "mirror"}, "mode"), ("ReduceSum", [X], {"keepdims": [1]}, "keepdims"),
    ("Resize", [X4, None, "f[4]"], {"mode": "magic"}, "mode"), ("LSTM", ["f[1,1,2]", "f[1,8,2]", "f[1,8,2]"],
                                                               {"direction": "sideways"}, "direction"),
    ("BitShift", ["u8[2]", "u8[2]"], {}, "direction"), ("BitShift", ["u8[2]", "u8[2]"], {"direction": "UP"}, "direction"),
    ("Einsum", [X], {}, "equation"), ("GRU", ["f[1,1,2]", "f[1,6,2]", "f[1,6,2]"], {"activations": ["Relu", "Nope"]}, "Nope")]
AXIS_OUT_OF_RANGE = [(op, inputs, attributes, "axis" if "axis" not in words else words) for op, inputs, attributes, words in [
    ("Softmax", [X], {"axis": 2}, "axis"), ("Softmax", [X], {"axis": -3}, "axis"), ("LogSoftmax", [X], {"axis": 5}, "axis"),
    ("Hardmax", [X], {"axis": 7}, "axis"), ("Concat", [X, X], {"axis": 2}, "axis"), ("Concat", [X, X], {"axis": -3}, "axis"),
    ("Flatten", [X], {"axis": 3}, "axis"), ("Gather", [X, "i64[1]"], {"axis": 2}, "axis"), ("Split", [X], {"axis": -4}, "axis"),
    ("GatherElements", [X, "i64[2,3]"], {"axis": 2}, "axis"), ("ScatterElements", [X, "i64[2,3]", X], {"axis": -3}, "axis"),
    ("ArgMax", [X], {"axis": 2}, "axis"), ("ArgMin", [X], {"axis": -3}, "axis"), ("LpNormalization", [X], {"axis": 4}, "axis"),
    ("TopK", [X, integers(1)], {"axis": 2}, "axis"), ("OneHot", ["i64[2]", "i64[]", "f[2]"], {"axis": 4}, "axis"),
    ("Compress", [X, "b[2]"], {"axis": 2}, "axis"), ("LayerNormalization", [X, "f[3]"], {"axis": 2}, "axis"),
    ("DequantizeLinear", ["u8[2,3]", "f[3]"], {"axis": 2}, "axis"), ("QuantizeLinear", [X, "f[3]"], {"axis": -3}, "axis"),
    ("Unsqueeze", [X, integers(4)], {}, "axis"), ("Squeeze", ["f[1,2]", integers(2)], {}, "axis"),
    ("ReduceSum", [X, integers(2)], {}, "axis"), ("ReduceSum", [X, integers(-3)], {}, "axis"),
    ("Slice", [X, integers(0), integers(1), integers(2)], {}, "axis"), ("CumSum", [X, integers(2)], {}, "axis")]]
WRONG_RANK = [(op, inputs, {}, words) for op, inputs, words in [
    ("Conv", ["f[3,3]", "f[1,3,3,3]"], "dimensions"), ("Conv", [X4, "f[4,4,3]"], "dimensions"),
    ("Gemm", ["f[2,3,4]", X], "dimensions"), ("BatchNormalization", ["f[1,2,3,3]", "f[2,1]", "f[2]", "f[2]", "f[2]"], ""),
    ("MatMul", ["f[]", X], "scalar"), ("Det", ["f[3]"], ""), ("LSTM", ["f[1,2]", "f[1,8,2]", "f[1,8,2]"], "dimensions"),
    ("RNN", ["f[1,1,2]", "f[2,2]", "f[1,2,2]"], "dimensions"), ("InstanceNormalization", ["f[2,3]", "f[3]", "f[3]"], ""),
    ("GlobalAveragePool", ["f[4]"], ""), ("NonMaxSuppression", ["f[2,4]", "f[1,1,2]"], ""),
    ("DepthToSpace", ["f[4,2,2]"], ""), ("ConstantOfShape", ["i64[2,2]"], ""), ("Trilu", ["f[3]"], "")]]
WRONG_SHAPE = [(op, inputs, attributes, words) for op, inputs, attributes, words in [
    ("Add", ["f[2,3]", "f[4]"], {}, "broadcast"), ("MatMul", ["f[2,3]", "f[2,3]"], {}, "multiply"),
    ("Gemm", ["f[2,3]", "f[2,3]"], {}, ""), ("Conv", [X4, "f[4,3,3,3]"], {}, "channels"),
    ("Conv", [X4, "f[4,4,3,3]", "f[5]"], {}, ""), ("Conv", [X4, "f[4,4,7,7]"], {}, ""),
    ("Conv", [X4, "f[4,4,3,3]"], {"kernel_shape": [5, 5]}, "kernel_shape"), ("Concat", ["f[2,3]", "f[3,2]"], {"axis": 0}, ""),
    ("Reshape", [X, integers(4)], {}, ""), ("Reshape", [X, integers(-1, -1)], {}, ""), ("Reshape", [X, integers(-2)], {}, ""),
    ("Expand", [X, integers(4, 4)], {}, ""), ("Transpose", [X], {"perm": [0, 0]}, "twice"),
    ("Transpose", [X], {"perm": [0]}, "perm"), ("Squeeze", [X, integers(0)], {}, ""), ("Unsqueeze", [X, integers(0, 0)], {}, ""),
    ("Split", [X, integers(1, 5)], {"axis": 1}, ""), ("Tile", [X, integers(1)], {}, ""), ("Tile", [X, integers(-1, 1)], {}, ""),
    ("Pad", [X, integers(0, 0)], {}, "pads"), ("Slice", [X, integers(0), integers(1), integers(0), integers(0)], {}, "step"),
    ("ConstantOfShape", [integers(-2)], {}, ""), ("Range", ["i64[]", "i64[]"], {}, "input"),
    ("BatchNormalization", ["f[1,2,3,3]", "f[3]", "f[2]", "f[2]", "f[2]"], {}, ""), ("PRelu", ["f[2,3]", "f[4]"], {}, "broadcast"),
    ("Gemm", ["f[2,3]", "f[3,4]", "f[5]"], {}, ""), ("LSTM", ["f[1,1,3]", "f[1,8,2]", "f[1,8,2]"], {"hidden_size": 2}, ""),
    ("Where", ["b[2]", "f[3]", "f[3]"], {}, "broadcast"), ("Einsum", [X, X], {"equation": "ij,jk->ik"}, ""),
    ("Einsum", [X], {"equation": "ijk"}, ""), ("GatherND", ["f[2]", "i64[1,2]"], {}, ""),
    ("DepthToSpace", ["f[1,3,2,2]"], {"blocksize": 2}, ""), ("SpaceToDepth", ["f[1,1,3,3]"], {"blocksize": 2}, ""),
    ("TopK", [X, integers(4)], {}, ""), ("TopK", [X, integers(-1)], {}, ""),
    ("LayerNormalization", [X, "f[4]"], {}, ""), ("QuantizeLinear", [X, "f[2]"], {"axis": 1}, "")]]
WRONG_NUMBER = [
    ("Conv", [X4, "f[4,4,3,3]"], {"strides": [0, 1]}, "stride 0"), ("Conv", [X4, "f[4,4,3,3]"], {"dilations": [0, 1]}, "dilation 0"),
    ("Conv", [X4, "f[4,4,3,3]"], {"strides": [1]}, "strides"), ("Conv", [X4, "f[4,4,3,3]"], {"group": 0}, "group"),
    ("Conv", [X4, "f[4,2,3,3]"], {"group": 3}, ""), ("Conv", [X4, "f[4,4,3,3]"], {"pads": [1, 1]}, "pads"),
    ("MaxPool", [X4], {"kernel_shape": [0, 1]}, "kernel 0"), ("MaxPool", [X4], {"kernel_shape": [2]}, "kernel_shape"),
    ("MaxPool", [X4], {"kernel_shape": [2, 2], "strides": [0, 0]}, "stride 0"),
    ("ConvTranspose", [X4, "f[4,4,3,3]"], {"strides": [-1, 1]}, "stride -1"), ("LRN", [X4], {"size": 0}, "size"),
    ("DepthToSpace", [X4], {"blocksize": 0}, "blocksize"), ("SpaceToDepth", [X4], {"blocksize": -2}, "blocksize"),
    ("LSTM", ["f[1,1,2]", "f[1,8,2]", "f[1,8,2]"], {"hidden_size": -1}, "hidden_size"),
    ("ConstantOfShape", [integers(1 << 40, 1 << 40)], {}, ""), ("Tile", [X, integers(1 << 40, 1 << 40)], {}, ""),
    ("Expand", [X, integers(1 << 40, 2, 3)], {}, ""), ("Pad", [X, integers(1 << 50, 0, 0, 0)], {}, ""),
    ("EyeLike", ["f[2]"], {}, ""), ("Multinomial", ["f[1,3]"], {"sample_size": 0}, "sample_size")]

GROUPS = {"wrong type": WRONG_TYPE, "mixed types": MIXED_TYPES, "missing input": MISSING_INPUT,
          "too many inputs": TOO_MANY_INPUTS, "wrong attribute": WRONG_ATTRIBUTE, "axis out of range": AXIS_OUT_OF_RANGE,
          "wrong rank": WRONG_RANK, "wrong shape": WRONG_SHAPE, "wrong number": WRONG_NUMBER}


def structures():
    """Whole models that are wrong beyond one node: name, bytes, what the message must say."""
    x, y, c = value("x", 1, [2]), value("y", 1, [2]), value("c", 9, [])
    relu, body = node("Relu", ["x"], ["t"], "inner"), graph([node("Relu", ["x"], ["t"], "inner")], [], [value("t", 1, [2])])
    branch = [attribute("then_branch", body), attribute("else_branch", body)]
    own = lambda name: node(name, ["a"], ["b"], "call", domain="local")
    use = node("F", ["x"], ["y"], "bad", domain="local")
    return [
        ("cycle", model([node("Relu", ["b"], ["a"], "bad"), node("Relu", ["a"], ["b"], "other")], [x], [value("a", 1, [2])]), "cycle"),
        ("own output", model([node("Add", ["x", "y"], ["y"], "bad")], [x], [y]), "cycle"),
        ("unknown value", model([node("Relu", ["nowhere"], ["y"], "bad")], [x], [y]), "nowhere"),
        ("two producers", model([node("Relu", ["x"], ["y"], "bad"), node("Abs", ["x"], ["y"], "bad")], [x], [y]), "y"),
        ("unknown operator", model([node("Frobnicate", ["x"], ["y"], "bad")], [x], [y]), "Frobnicate"),
        ("unknown domain", model([node("Relu", ["x"], ["y"], "bad", domain="org.none")], [x], [y]), "org.none"),
        ("recursive function", model([use], [x], [y], functions=[function("F", ["a"], ["b"], [own("F")])]), "F"),
        ("mutually recursive", model([use], [x], [y], functions=[function("F", ["a"], ["b"], [own("G")]),
                                                                 function("G", ["a"], ["b"], [own("F")])]), "F"),
        ("error in a function", model([use], [x], [y], functions=[
            function("F", ["a"], ["b"], [node("Softmax", ["a"], ["b"], "soft", [attribute("axis", 9)])])]), "axis"),
        ("too many inputs of a function", model([node("F", ["x", "x"], ["y"], "bad", domain="local")], [x], [y],
                                                functions=[function("F", ["a"], ["b"], [relu])]), "input"),
        ("If without bodies", model([node("If", ["c"], ["y"], "bad")], [c, x], [y]), "then_branch"),
        ("If with one body", model([node("If", ["c"], ["y"], "bad", branch[:1])], [c, x], [y]), "else_branch"),
        ("If with too many outputs", model([node("If", ["c"], ["y", "z"], "bad", branch)], [c, x], [y]), "outputs"),
        ("Loop without body", model([node("Loop", ["", "c", "x"], ["y"], "bad")], [c, x], [y]), "body"),
        ("Loop whose body has no inputs", model([node("Loop", ["", "c", "x"], ["y"], "bad", [attribute("body", body)])],
                                                [c, x], [y]), "body"),
        ("Scan without body", model([node("Scan", ["x"], ["y"], "bad", [attribute("num_scan_inputs", 1)])], [x], [y]), "body"),
        ("output nobody makes", model([node("Relu", ["x"], ["t"], "bad")], [x], [value("gone", 1, [2])]), "gone"),
    ]


def complaint(folder, content):
    """What lathe-cli says of a model, or what is wrong with how it ends."""
    path = folder / "bad.onnx"
    path.write_bytes(content)
    done = subprocess.run([PROGRAM, "run", path, "--random", "1"], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stderr.strip()


def main():
    wrong, count = [], 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for group, cases in GROUPS.items():
            for op, inputs, attributes, words in cases:
                count += 1
                code, said = complaint(folder, build(op, inputs, attributes))
                for part in ["bad.onnx", f'{op} "bad"', words]:
                    if code != 1 or part not in said:
                        wrong.append(f"{group}: {op} {inputs} {attributes}: code {code}, no '{part}' in: {said}")
                        break
        for what, content, words in structures():
            count += 1
            code, said = complaint(folder, content)
            if code != 1 or "bad.onnx" not in said or words not in said:
                wrong.append(f"{what}: code {code}, no '{words}' in: {said}")
    print("\n".join(wrong))
    print(f"{count - len(wrong)} of {count} bad models are refused with file, node and reason")
    sys.exit(bool(wrong) or count < 150)


if __name__ == "__main__":
    main()
