// Recognises hard sigmoid and hard swish written out in basic operators.
//   Clip(x + 3, 0, 6) / 6        HardSigmoid(alpha = 1 / 6, beta = 0.5)
//   x * HardSigmoid(x)           HardSwish(x)
// A. Howard et al.: Searching for MobileNetV3, arXiv:1905.02244.
#include <cmath>

#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

constexpr float kSixth = 1.0f / 6;

bool isNear(std::optional<double> number, double wanted) {
    return number && std::fabs(*number - wanted) < 1e-5;
}

// Div by 6 or Mul by 1 / 6: the input that is divided.
ir::ValueId sixthOf(const ir::Graph& graph, ir::Node node) {
    if (node.inputs().size() != 2) return {};
    if (node.is("Div") && isNear(scalarOf(graph, node.input(1)), 6)) return node.input(0);
    if (!node.is("Mul")) return {};
    if (isNear(scalarOf(graph, node.input(1)), 1.0 / 6)) return node.input(0);
    return isNear(scalarOf(graph, node.input(0)), 1.0 / 6) ? node.input(1) : ir::ValueId{};
}

bool fuseHardSigmoid(ir::Editor& editor, ir::NodeId id) {
    const auto& graph = editor.graph();
    const auto limited = sixthOf(graph, graph.node(id));
    const auto clip = limited ? producerOf(graph, limited, "Clip") : ir::NodeId{};
    if (!clip || !editor.hasOneUse(limited)) return false;
    if (!isNear(scalarOf(graph, graph.node(clip).input(1)), 0) ||
        !isNear(scalarOf(graph, graph.node(clip).input(2)), 6))
        return false;
    const auto shifted = graph.node(clip).input(0);
    const auto add = producerOf(graph, shifted, "Add");
    if (!add || !editor.hasOneUse(shifted)) return false;
    const size_t side = isNear(scalarOf(graph, graph.node(add).input(1)), 3) ? 0 : 1;
    if (!isNear(scalarOf(graph, graph.node(add).input(1 - side)), 3)) return false;
    const auto x = graph.node(add).input(side);
    if (!sameShape(graph, x, graph.node(id).output())) return false;
    const auto made = editor.addNode({.op = "HardSigmoid",
                                      .inputs = {x},
                                      .attributes = {{"alpha", kSixth}, {"beta", 0.5f}},
                                      .origins = editor.originsOf({add, clip, id}),
                                      .subgraph = graph.node(id).subgraph()});
    supersede(editor, id, made);
    editor.removeNode(clip);
    editor.removeNode(add);
    return true;
}

bool fuseProduct(ir::Editor& editor, ir::NodeId id) {
    const auto& graph = editor.graph();
    const auto node = graph.node(id);
    for (const size_t side : {size_t{0}, size_t{1}}) {
        const auto gate = producerOf(graph, node.input(side), "HardSigmoid");
        if (!gate || !editor.hasOneUse(node.input(side)) || graph.node(gate).input(0) != node.input(1 - side))
            continue;
        const auto& attributes = graph.node(gate).attributes();
        if (std::fabs(attributes.real("alpha", 0.2f) - kSixth) > 1e-6f ||
            attributes.real("beta", 0.5f) != 0.5f)
            continue;
        const auto made = editor.addNode({.op = "HardSwish",
                                          .inputs = {node.input(1 - side)},
                                          .origins = editor.originsOf({gate, id}),
                                          .subgraph = node.subgraph()});
        supersede(editor, id, made);
        editor.removeNode(gate);
        return true;
    }
    return false;
}

base::Result<int64_t> fuseHardSwish(PassContext& context) {
    auto& editor = context.editor;
    const auto& graph = editor.graph();
    return countChanges(context, [&](ir::NodeId id) -> base::Result<bool> {
        const auto node = graph.node(id);
        if (!node.is("Mul") && !node.is("Div")) return false;
        if (fuseHardSigmoid(editor, id)) return true;
        return node.is("Mul") && fuseProduct(editor, id);
    });
}

}  // namespace

Pass fuseHardSwishPass() {
    return {
        .name = "fuse_hard_swish",
        .title = "Fuse hard swish",
        .summary = "Recognises HardSigmoid and HardSwish written out in basic operators (needs opset 14).",
        .run = fuseHardSwish};
}

}  // namespace lathe::passes
