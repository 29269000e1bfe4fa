// Merges multiplications by constants into the weights of the linear operator before them, and
// multiplications and additions into the one after them.
//   Conv(w, b) -> Mul(c)        Conv(w * c, b * c)
//   Sub(mean) -> Mul(1 / deviation) -> Conv        Conv
#include <algorithm>

#include "engine/passes/linear_fold.h"
#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

struct Operand {
    ir::ValueId activation, constant;
    bool constantFirst = false;
};

std::optional<Operand> operandOf(const ir::Graph& graph, ir::Node node) {
    if (!node.domain().empty() || node.inputs().size() != 2 || !node.input(0) || !node.input(1)) return {};
    const bool first = graph.value(node.input(0)).isConstant(),
               second = graph.value(node.input(1)).isConstant();
    if (first == second) return {};
    return Operand{node.input(first ? 1 : 0), node.input(first ? 0 : 1), first};
}

std::optional<ChannelAffine> affineOf(const ir::Graph& graph, ir::Node node, const Operand& operand,
                                      const LinearChannels& channels) {
    auto numbers = perChannel(graph, operand.constant, channels);
    if (!numbers) return {};
    if (node.op() == "Mul") return ChannelAffine{.scale = *numbers, .shift = {}};
    if (node.op() == "Add") return ChannelAffine{.scale = {}, .shift = *numbers};
    if (node.op() == "Sub") {
        const std::vector<double> minus(numbers->size(), -1.0);
        if (operand.constantFirst) return ChannelAffine{.scale = minus, .shift = *numbers};
        for (auto& number : *numbers) number = -number;
        return ChannelAffine{.scale = {}, .shift = *numbers};
    }
    if (node.op() != "Div" || operand.constantFirst) return {};
    if (std::find(numbers->begin(), numbers->end(), 0.0) != numbers->end()) return {};
    for (auto& number : *numbers) number = 1 / number;
    return ChannelAffine{.scale = *numbers, .shift = {}};
}

bool intoProducer(ir::Editor& editor, ir::NodeId id, const Operand& operand) {
    const auto& graph = editor.graph();
    const auto before = graph.value(operand.activation).producer();
    if (!before || !editor.hasOneUse(operand.activation)) return false;
    if (!sameShape(graph, operand.activation, graph.node(id).output())) return false;
    if (!canForward(graph, graph.node(id).output(), operand.activation)) return false;
    const auto channels = outputChannels(editor, before);
    if (!channels) return false;
    const auto affine = affineOf(graph, graph.node(id), operand, *channels);
    if (!affine || !foldAfter(editor, before, *affine)) return false;
    editor.setOrigins(before, editor.originsOf({before, id}));
    return absorb(editor, id, operand.activation);
}

bool intoConsumer(ir::Editor& editor, ir::NodeId id, const Operand& operand) {
    const auto& graph = editor.graph();
    const auto output = graph.node(id).output();
    const auto after = editor.onlyUser(output);
    if (!after || graph.node(after).input(0) != output || !isRewritable(graph, after)) return false;
    if (!sameShape(graph, operand.activation, output)) return false;
    const auto channels = inputChannels(editor, after);
    if (!channels) return false;
    const auto affine = affineOf(graph, graph.node(id), operand, *channels);
    if (!affine || !foldBefore(editor, after, *affine)) return false;
    editor.setOrigins(after, editor.originsOf({id, after}));
    return bypass(editor, id, operand.activation);
}

base::Result<int64_t> foldAffine(PassContext& context) {
    auto& editor = context.editor;
    const auto& graph = editor.graph();
    return countChanges(context, [&](ir::NodeId id) -> base::Result<bool> {
        const auto node = graph.node(id);
        const auto op = node.op();
        const bool scales = op == "Mul" || op == "Div";
        if (!scales && op != "Add" && op != "Sub") return false;
        const auto operand = operandOf(graph, node);
        if (!operand) return false;
        // Additions after a linear operator are add_to_bias.
        if (scales && intoProducer(editor, id, *operand)) return true;
        return intoConsumer(editor, id, *operand);
    });
}

}  // namespace

Pass foldAffinePass() {
    return {.name = "fold_affine",
            .title = "Fold scales into weights",
            .summary =
                "Merges multiplications by constants, and additions before an unpadded convolution or matrix "
                "product, into its weights.",
            .run = foldAffine};
}

}  // namespace lathe::passes
