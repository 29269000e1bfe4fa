// Merges a BatchNormalization in inference into the linear operator before it, or after it where that is
// exact.
//   Conv(w, b) -> BatchNormalization        Conv(w * s, (b - mean) * s + beta),   s = gamma / sqrt(var +
//   epsilon)
// From the other side a shift needs a convolution without padding.
#include <cmath>

#include "engine/passes/linear_fold.h"
#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

std::optional<ChannelAffine> affineOf(const ir::Graph& graph, ir::NodeId id) {
    const auto attributes = graph.node(id).attributes();
    if (attributes.integer("training_mode", 0) != 0) return {};
    std::vector<double> parameters[4];
    for (size_t i = 0; i < 4; ++i) {
        const auto* constant = constantInput(graph, id, i + 1);
        if (!constant || constant->rank() != 1) return {};
        parameters[i] = tensor::toReals(constant->aligned());
        if (parameters[i].size() != parameters[0].size()) return {};
    }
    const auto& [gamma, beta, mean, variance] = parameters;
    const double epsilon = static_cast<double>(attributes.real("epsilon", 1e-5f));
    ChannelAffine affine;
    for (size_t c = 0; c < gamma.size(); ++c) {
        if (variance[c] + epsilon <= 0) return {};
        affine.scale.push_back(gamma[c] / std::sqrt(variance[c] + epsilon));
        affine.shift.push_back(beta[c] - mean[c] * affine.scale[c]);
    }
    return affine;
}

// The channel axis of BatchNormalization is 1; that of the linear node must be the same one.
bool sameAxis(const ir::Graph& graph, ir::ValueId activation, const LinearChannels& channels, size_t count) {
    if (channels.count != static_cast<int64_t>(count)) return false;
    const auto rank = graph.value(activation).type().rank();
    return channels.fromEnd > 0 || rank == 2;
}

base::Result<int64_t> foldBatchNorm(PassContext& context) {
    auto& editor = context.editor;
    const auto& graph = editor.graph();
    return countChanges(context, [&](ir::NodeId id) -> base::Result<bool> {
        const auto node = graph.node(id);
        if (!node.is("BatchNormalization") || !node.input(0) || !node.output()) return false;
        const auto affine = affineOf(graph, id);
        if (!affine) return false;
        const auto before = graph.value(node.input(0)).producer();
        if (before && editor.hasOneUse(node.input(0)) && canForward(graph, node.output(), node.input(0))) {
            const auto channels = outputChannels(editor, before);
            if (channels && sameAxis(graph, node.input(0), *channels, affine->scale.size()) &&
                foldAfter(editor, before, *affine)) {
                editor.setOrigins(before, editor.originsOf({before, id}));
                return absorb(editor, id, node.input(0));
            }
        }
        const auto after = editor.onlyUser(node.output());
        if (!after || graph.node(after).input(0) != node.output() || !isRewritable(graph, after))
            return false;
        const auto channels = inputChannels(editor, after);
        if (!channels || !sameAxis(graph, node.output(), *channels, affine->scale.size()) ||
            !foldBefore(editor, after, *affine))
            return false;
        editor.setOrigins(after, editor.originsOf({id, after}));
        return bypass(editor, id, node.input(0));
    });
}

}  // namespace

Pass foldBatchNormPass() {
    return {
        .name = "fold_batch_norm",
        .title = "Fold batch normalization",
        .summary = "Merges inference BatchNormalization into the convolution or matrix product beside it.",
        .run = foldBatchNorm};
}

}  // namespace lathe::passes
