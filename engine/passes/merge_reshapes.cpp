// Turns chains of operators that only rename dimensions into one Reshape with a constant shape.
//   Flatten -> Unsqueeze -> Reshape        Reshape
// Also Transposes that move dimensions of size 1 alone, which move no data.
#include <algorithm>

#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

bool movesOnlyOnes(const ir::Graph& graph, ir::Node node) {
    const auto& type = graph.value(node.input(0)).type();
    const auto permutation = node.attributes().integers("perm");
    if (!type.shape || permutation.size() != type.shape->size()) return false;
    int64_t last = -1;
    for (const auto axis : permutation) {
        if (axis < 0 || axis >= type.rank()) return false;
        if ((*type.shape)[static_cast<size_t>(axis)].constantOr(-1) == 1) continue;
        if (axis < last) return false;
        last = axis;
    }
    return true;
}

bool onlyReshapes(const ir::Graph& graph, ir::Node node) {
    if (!node.domain().empty()) return false;
    const auto op = node.op();
    if (op == "Transpose") return movesOnlyOnes(graph, node);
    return op == "Reshape" || op == "Flatten" || op == "Squeeze" || op == "Unsqueeze";
}

// The value of a Reshape's shape input that gives `to` from `from`: at most one dimension may be left to -1
// and named dimensions that stay at their place become 0.
std::optional<std::vector<int64_t>> shapeInput(const ir::SymbolicShape& from, const ir::SymbolicShape& to) {
    std::vector<int64_t> result;
    bool wildcard = false;
    for (size_t i = 0; i < to.size(); ++i) {
        if (const auto known = to[i].constant()) {
            if (*known == 0) return {};
            result.push_back(*known);
        } else if (i < from.size() && same(from[i], to[i])) {
            result.push_back(0);
        } else if (!wildcard) {
            wildcard = true;
            result.push_back(-1);
        } else {
            return {};
        }
    }
    return result;
}

base::Result<int64_t> mergeReshapes(PassContext& context) {
    auto& editor = context.editor;
    const auto& graph = editor.graph();
    return countChanges(context, [&](ir::NodeId id) -> base::Result<bool> {
        const auto node = graph.node(id);
        if (!node.input(0) || !node.output() || !onlyReshapes(graph, node)) return false;
        const auto first = graph.value(node.input(0)).producer();
        const bool chain = first && graph.node(first).input(0) && onlyReshapes(graph, graph.node(first));
        if (!chain && node.op() != "Transpose") return false;
        const auto source = chain ? graph.node(first).input(0) : node.input(0);
        if (sameShape(graph, source, node.output()) && bypass(editor, id, source)) return true;
        const auto& from = graph.value(source).type();
        const auto& to = graph.value(node.output()).type();
        if (!from.shape || !to.shape) return false;
        const auto shape = shapeInput(*from.shape, *to.shape);
        if (!shape) return false;
        const auto constant =
            constantBeside(editor, node.output(), tensor::Tensor::vector<int64_t>(*shape), "shape");
        if (chain) editor.setOrigins(id, editor.originsOf({first, id}));
        editor.setOp(id, "Reshape");
        editor.setAttributes(id, {});
        editor.setInputs(id, std::vector{source, constant});
        return true;
    });
}

}  // namespace

Pass mergeReshapesPass() {
    return {.name = "merge_reshapes",
            .title = "Merge reshapes",
            .summary = "Turns chains of Reshape, Flatten, Squeeze and Unsqueeze into one Reshape.",
            .run = mergeReshapes};
}

}  // namespace lathe::passes
