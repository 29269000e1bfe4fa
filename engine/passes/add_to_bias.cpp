// Merges a constant added to the result of a convolution or matrix product into its bias.
//   Conv(w) -> Add(c)        Conv(w, c)
#include "engine/passes/linear_fold.h"
#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

base::Result<int64_t> addToBias(PassContext& context) {
    auto& editor = context.editor;
    const auto& graph = editor.graph();
    return countChanges(context, [&](ir::NodeId id) -> base::Result<bool> {
        const auto node = graph.node(id);
        const bool subtracts = node.is("Sub");
        if ((!node.is("Add") && !subtracts) || !node.input(0) || !node.input(1)) return false;
        const size_t side = graph.value(node.input(1)).isConstant() ? 0 : 1;
        if (subtracts && side == 1) return false;
        const auto activation = node.input(side);
        const auto before = graph.value(activation).producer();
        if (!before || !editor.hasOneUse(activation) || !sameShape(graph, activation, node.output()))
            return false;
        if (!canForward(graph, node.output(), activation)) return false;
        const auto channels = outputChannels(editor, before);
        if (!channels) return false;
        auto shift = perChannel(graph, node.input(1 - side), *channels);
        if (!shift) return false;
        if (subtracts)
            for (auto& number : *shift) number = -number;
        if (!foldAfter(editor, before, {.scale = {}, .shift = *shift})) return false;
        editor.setOrigins(before, editor.originsOf({before, id}));
        return absorb(editor, id, activation);
    });
}

}  // namespace

Pass addToBiasPass() {
    return {.name = "add_to_bias",
            .title = "Move additions into biases",
            .summary = "Merges a constant added after a convolution or Gemm into its bias.",
            .run = addToBias};
}

}  // namespace lathe::passes
