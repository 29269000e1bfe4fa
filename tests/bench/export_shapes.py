#!/usr/bin/python3
"""Writes each dense convolution and matrix product of some networks as a model of its own, once a shape.

Usage: export_shapes.py FOLDER MODEL.onnx ...

FOLDER/NAME.onnx computes one shape again and again on warm caches, so that `shapes.js` can say what a kernel reaches by itself,
without its neighbours, residuals or functions. A convolution reads what a depthwise one wrote and feeds a mean, so that no
change of layout is measured with it. The models have random weights. Needs Debian's python3-onnx.
"""
import math
import os
import sys

import numpy
import onnx
from onnx import helper, numpy_helper

FLOAT = onnx.TensorProto.FLOAT
KINDS = {"Conv", "Gemm", "MatMul"}


def dimensions(model):
    """The shape of each float value and initializer, by name."""
    graph = onnx.shape_inference.infer_shapes(model).graph
    shapes = {}
    for value in [*graph.input, *graph.output, *graph.value_info]:
        tensor = value.type.tensor_type
        if tensor.elem_type == FLOAT:
            shapes[value.name] = tuple(d.dim_value for d in tensor.shape.dim)
    for tensor in graph.initializer:
        shapes[tensor.name] = tuple(tensor.dims)
    return shapes


def attributes(node):
    return {a.name: helper.get_attribute_value(a) for a in node.attribute}


def title(node, shapes):
    told = attributes(node)
    x, w = shapes[node.input[0]], shapes[node.input[1]]
    parts = [node.op_type.lower(), "x".join(map(str, x)), "by", "x".join(map(str, w))]
    if told.get("strides", [1, 1]) != [1, 1]:
        parts.append("stride" + "x".join(map(str, told["strides"])))
    if told.get("group", 1) != 1:
        parts.append(f"groups{told['group']}")
    return "_".join(parts)


def random(shape, depth):
    values = numpy.random.default_rng(0).standard_normal(shape) / math.sqrt(max(depth, 1))
    return values.astype(numpy.float32)


def isolate(node, shapes):
    """A model of this one node, or None when it is bound by memory: depthwise, or few rows."""
    told = attributes(node)
    x, w, y = (shapes.get(name) for name in (node.input[0], node.input[1], node.output[0]))
    if not x or not w or not y or 0 in (*x, *w, *y):
        return None
    weights, nodes = {}, []
    source, result = "input", "output"
    if node.op_type == "Conv":
        if told.get("group", 1) > 1 and w[1] == 1:
            return None
        if w[1] * told.get("group", 1) > 4:
            weights["before"] = random((x[1], 1, 1, 1), 1)
            nodes.append(helper.make_node("Conv", ["input", "before"], ["between"], name="before", group=x[1]))
            source = "between"
        weights["weight"] = random(w, w[1] * w[2] * w[3])
        nodes.append(helper.make_node("Conv", [source, "weight"], ["made"], name="shape", **told))
        nodes.append(helper.make_node("GlobalAveragePool", ["made"], ["output"], name="after"))
        out = (y[0], y[1], 1, 1)
    else:
        inputs = ["input", "weight"]
        if len(node.input) > 2:
            weights["bias"] = random(shapes[node.input[2]], 1)
            inputs.append("bias")
        weights["weight"] = random(w, w[-2])
        nodes.append(helper.make_node(node.op_type, inputs, [result], name="shape", **told))
        out = y
    graph = helper.make_graph(
        nodes,
        "shape",
        [helper.make_tensor_value_info("input", FLOAT, x)],
        [helper.make_tensor_value_info("output", FLOAT, out)],
        [numpy_helper.from_array(values, name) for name, values in weights.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=7)


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    folder, paths = sys.argv[1], sys.argv[2:]
    os.makedirs(folder, exist_ok=True)
    count = 0
    for path in paths:
        model = onnx.load(path)
        shapes = dimensions(model)
        for node in model.graph.node:
            if node.op_type not in KINDS or node.input[1] not in shapes or node.input[0] not in shapes:
                continue
            target = os.path.join(folder, title(node, shapes) + ".onnx")
            alone = None if os.path.exists(target) else isolate(node, shapes)
            if alone:
                onnx.save(alone, target)
                count += 1
    print(f"{count} shapes written to {folder}.")


if __name__ == "__main__":
    main()
