// Recognises softmax written out in basic operators.
//   e = Exp(x - ReduceMax(x)); e / ReduceSum(e)        Softmax(x)
//   Log(Softmax(x))                                    LogSoftmax(x)
#include <algorithm>

#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

// The one axis a reduction with kept dimensions covers.
std::optional<int64_t> oneAxis(const ir::Graph& graph, ir::NodeId id) {
    const auto node = graph.node(id);
    const auto axes = axesOf(graph, id);
    if (!axes || axes->size() != 1 || node.attributes().integer("keepdims", 1) == 0) return {};
    const auto axis = axisFromFront(axes->front(), graph.value(node.input(0)).type().rank());
    return axis < 0 ? std::optional<int64_t>() : axis;
}

base::Result<bool> fuseWritten(ir::Editor& editor, ir::NodeId div) {
    const auto& graph = editor.graph();
    const auto e = graph.node(div).input(0);
    const auto exp = producerOf(graph, e, "Exp");
    const auto sum = producerOf(graph, graph.node(div).input(1), "ReduceSum");
    if (!exp || !sum || graph.node(sum).input(0) != e) return false;
    const auto axis = oneAxis(graph, sum);
    if (!axis || !tensor::isFloat(graph.value(e).type().element)) return false;
    ir::NodeList nodes{exp, sum, div};
    auto x = graph.node(exp).input(0);
    // The shift by the maximum changes no result, so it is taken off when it is there. Without it the sum
    // could overflow where Softmax does not: the fused form is then the better one.
    if (const auto sub = producerOf(graph, x, "Sub")) {
        const auto largest = producerOf(graph, graph.node(sub).input(1), "ReduceMax");
        if (largest && graph.node(largest).input(0) == graph.node(sub).input(0) &&
            oneAxis(graph, largest) == axis) {
            x = graph.node(sub).input(0);
            nodes.insert(nodes.begin(), {largest, sub});
        }
    }
    ir::NodeList origins;
    for (const auto node : nodes)
        for (const auto origin : graph.node(node).origins()) origins.push_back(origin);
    const auto made = editor.addNode({.op = "Softmax",
                                      .inputs = {x},
                                      .attributes = {{"axis", *axis}},
                                      .origins = origins,
                                      .subgraph = graph.node(div).subgraph()});
    supersede(editor, div, made);
    return true;
}

base::Result<bool> fuseLog(ir::Editor& editor, ir::NodeId log) {
    const auto& graph = editor.graph();
    const auto input = graph.node(log).input(0);
    const auto softmax = producerOf(graph, input, "Softmax");
    if (!softmax || !editor.hasOneUse(input)) return false;
    const auto made = editor.addNode({.op = "LogSoftmax",
                                      .inputs = {graph.node(softmax).input(0)},
                                      .attributes = graph.node(softmax).attributes(),
                                      .origins = editor.originsOf({softmax, log}),
                                      .subgraph = graph.node(log).subgraph()});
    supersede(editor, log, made);
    editor.removeNode(softmax);
    return true;
}

base::Result<int64_t> fuseSoftmax(PassContext& context) {
    auto& editor = context.editor;
    const auto& graph = editor.graph();
    return countChanges(context, [&](ir::NodeId id) -> base::Result<bool> {
        if (graph.node(id).is("Div")) return fuseWritten(editor, id);
        if (graph.node(id).is("Log")) return fuseLog(editor, id);
        return false;
    });
}

}  // namespace

Pass fuseSoftmaxPass() {
    return {.name = "fuse_softmax",
            .title = "Fuse softmax",
            .summary = "Recognises softmax written out in basic operators, and the logarithm of a softmax.",
            .run = fuseSoftmax};
}

}  // namespace lathe::passes
