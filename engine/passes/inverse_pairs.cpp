// Merges neighbours that undo or repeat each other.
//   Transpose(p) -> Transpose(q)        Transpose(p of q), or nothing
//   Cast(wider) -> Cast(t)              Cast(t)
//   Neg -> Neg, Not -> Not, Split -> Concat        nothing
#include <algorithm>

#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

std::vector<int64_t> permutationOf(const ir::Graph& graph, ir::NodeId id) {
    auto permutation = graph.node(id).attributes().integers("perm");
    if (permutation.empty()) {
        const auto rank = graph.value(graph.node(id).input(0)).type().rank();
        for (int64_t i = rank - 1; i >= 0; --i) permutation.push_back(i);
    }
    return permutation;
}

bool mergeTransposes(ir::Editor& editor, ir::NodeId second, ir::NodeId first) {
    const auto& graph = editor.graph();
    const auto inner = permutationOf(graph, first), outer = permutationOf(graph, second);
    if (inner.empty() || inner.size() != outer.size()) return false;
    std::vector<int64_t> merged(inner.size());
    bool identity = true;
    for (size_t i = 0; i < merged.size(); ++i) {
        if (outer[i] < 0 || outer[i] >= static_cast<int64_t>(inner.size())) return false;
        merged[i] = inner[static_cast<size_t>(outer[i])];
        identity = identity && merged[i] == static_cast<int64_t>(i);
    }
    const auto source = graph.node(first).input(0);
    if (identity && bypass(editor, second, source)) return true;
    editor.setOrigins(second, editor.originsOf({first, second}));
    editor.setAttribute(second, "perm", merged);
    editor.setInput(second, 0, source);
    return true;
}

// True when every value of `from` survives the way to `to` and back.
bool holds(tensor::DataType to, tensor::DataType from) {
    using enum tensor::DataType;
    if (from == to) return true;
    if (from == boolean) return tensor::isFloat(to) || tensor::isInteger(to);
    if (from == float16 || from == bfloat16) return to == float32 || to == float64;
    if (from == float32) return to == float64;
    if (tensor::isInteger(from) && tensor::isInteger(to)) {
        const int wider = tensor::bitWidth(to) - tensor::bitWidth(from);
        return tensor::isSigned(from) == tensor::isSigned(to) ? wider >= 0
                                                              : tensor::isSigned(to) && wider > 0;
    }
    return tensor::isInteger(from) && to == float64 && tensor::bitWidth(from) <= 32;
}

bool mergeCasts(ir::Editor& editor, ir::NodeId second, ir::NodeId first) {
    const auto& graph = editor.graph();
    const auto source = graph.node(first).input(0);
    const auto& type = graph.value(source).type();
    if (!type.isTensor() || !holds(graph.value(graph.node(second).input(0)).type().element, type.element))
        return false;
    if (type.element == graph.value(graph.node(second).output()).type().element &&
        bypass(editor, second, source))
        return true;
    editor.setOrigins(second, editor.originsOf({first, second}));
    editor.setInput(second, 0, source);
    return true;
}

bool mergeSplitConcat(ir::Editor& editor, ir::NodeId concat) {
    const auto& graph = editor.graph();
    const auto node = graph.node(concat);
    const auto split = producerOf(graph, node.input(0), "Split");
    if (!split || node.inputs().size() < 2 || !std::ranges::equal(graph.node(split).outputs(), node.inputs()))
        return false;
    const auto rank = graph.value(graph.node(split).input(0)).type().rank();
    const auto axis = axisFromFront(graph.node(split).attributes().integer("axis", 0), rank);
    if (axis < 0 || axis != axisFromFront(node.attributes().integer("axis", 0), rank)) return false;
    return bypass(editor, concat, graph.node(split).input(0));
}

base::Result<int64_t> inversePairs(PassContext& context) {
    auto& editor = context.editor;
    const auto& graph = editor.graph();
    return countChanges(context, [&](ir::NodeId id) -> base::Result<bool> {
        const auto node = graph.node(id);
        if (!node.domain().empty() || !node.input(0) || !node.output()) return false;
        if (node.op() == "Concat") return mergeSplitConcat(editor, id);
        const auto first = producerOf(graph, node.input(0), node.op());
        if (!first) return false;
        if (node.op() == "Transpose") return mergeTransposes(editor, id, first);
        if (node.op() == "Cast") return mergeCasts(editor, id, first);
        if (node.op() == "Neg" || node.op() == "Not") return bypass(editor, id, graph.node(first).input(0));
        if (node.op() == "Relu") return bypass(editor, id, node.input(0));
        return false;
    });
}

}  // namespace

Pass inversePairsPass() {
    return {.name = "inverse_pairs",
            .title = "Cancel inverse pairs",
            .summary = "Merges neighbouring transposes and casts, and removes pairs that undo each other.",
            .run = inversePairs};
}

}  // namespace lathe::passes
