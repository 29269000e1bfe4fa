// Writes a mean over all spatial axes as GlobalAveragePool, which every target and the quantizer knows.
//   ReduceMean(axes = 2, 3; keepdims = 1)        GlobalAveragePool
#include <algorithm>

#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

base::Result<int64_t> reduceToGlobalPool(PassContext& context) {
    auto& editor = context.editor;
    const auto& graph = editor.graph();
    return countChanges(context, [&](ir::NodeId id) -> base::Result<bool> {
        const auto node = graph.node(id);
        if (!node.is("ReduceMean") && !node.is("ReduceMax")) return false;
        const auto& type = graph.value(node.input(0)).type();
        const auto axes = axesOf(graph, id);
        if (!axes || type.rank() != 4 || !tensor::isFloat(type.element)) return false;
        std::vector<int64_t> reduced;
        for (const auto axis : *axes) reduced.push_back(axisFromFront(axis, 4));
        std::sort(reduced.begin(), reduced.end());
        if (reduced != std::vector<int64_t>{2, 3}) return false;
        const bool keeps = node.attributes().integer("keepdims", 1) != 0;
        const auto op = node.is("ReduceMean") ? "GlobalAveragePool" : "GlobalMaxPool";
        if (keeps) {
            editor.setOp(id, op);
            editor.setAttributes(id, {});
            editor.setInputs(id, std::vector{node.input(0)});
            return true;
        }
        const auto origins = node.origins();
        const auto pooled = editor.add({.op = op,
                                        .inputs = {node.input(0)},
                                        .name = editor.uniqueName(node.name()),
                                        .origins = origins,
                                        .subgraph = node.subgraph()});
        const auto shape = constantBeside(editor, pooled, tensor::Tensor::of<int64_t>({2}, {0, 0}), "shape");
        const auto flat = editor.addNode(
            {.op = "Reshape", .inputs = {pooled, shape}, .origins = origins, .subgraph = node.subgraph()});
        supersede(editor, id, flat);
        return true;
    });
}

}  // namespace

Pass reduceToGlobalPoolPass() {
    return {
        .name = "reduce_to_global_pool",
        .title = "Write spatial means as global pooling",
        .summary = "Turns a mean or maximum over height and width into GlobalAveragePool or GlobalMaxPool.",
        .run = reduceToGlobalPool};
}

}  // namespace lathe::passes
