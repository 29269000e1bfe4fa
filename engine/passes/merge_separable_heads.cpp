// Joins small heads of a detector that are separable convolutions of one input.
//   x -> Conv(depthwise) -> Relu -> Conv(1x1) -> Transpose -> Reshape, twice
//   Concat(both Relus) -> Conv(1x1) -> Transpose -> Split -> Reshape, Reshape
// The joined convolution has zeros where one head would read the other's channels, so it is done only for few
// outputs, which leave most rows of a matrix kernel's tile idle anyway. The depthwise convolutions stay
// apart: one with two filters a channel is no fast case of common runtimes.
#include <algorithm>

#include "engine/passes/cuts.h"
#include "engine/passes/heads.h"
#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

// Outputs of the joined head: up to about one tile of a matrix kernel.
constexpr int64_t kMostOutputs = 32;

struct Branch {
    Head head;
    ir::NodeId depthwise;
};

std::optional<Branch> branchOf(const ir::Editor& editor, ir::NodeId pointwise) {
    const auto& graph = editor.graph();
    const auto head = headOf(editor, pointwise);
    if (!head || !isPointwise(graph, pointwise)) return {};
    const auto place = graph.node(pointwise).subgraph();
    auto features = graph.node(pointwise).input(0);
    if (!editor.hasOneUse(features)) return {};
    const auto activation = graph.value(features).producer();
    if (activation && isElementwiseUnary(graph.node(activation))) features = graph.node(activation).input(0);
    const auto depthwise = producerOf(graph, features, "Conv");
    if (!depthwise || !editor.hasOneUse(features) || graph.node(depthwise).subgraph() != place) return {};
    const auto spatial = convRows(graph, depthwise);
    if (!spatial || spatial->group < 2 || spatial->group != spatial->weights.dimension(0)) return {};
    return Branch{*head, depthwise};
}

// A head's weights over the channels of all heads: its own in their place, zeros elsewhere.
ConvRows spread(const ConvRows& rows, size_t place, size_t count) {
    auto shape = rows.weights.shape();
    shape[1] *= static_cast<int64_t>(count);
    auto result = rows;
    result.weights = tensor::Tensor::zeros(rows.weights.type(), shape);
    const auto size = rows.weights.bytes().size() / static_cast<size_t>(rows.weights.dimension(0));
    auto target = result.weights.mutableBytes();
    for (size_t row = 0; row * size < rows.weights.bytes().size(); ++row)
        std::ranges::copy(rows.weights.bytes().subspan(row * size, size),
                          target.subspan((row * count + place) * size).begin());
    return result;
}

void join(ir::Editor& editor, std::span<const Head> heads) {
    const auto& graph = editor.graph();
    std::vector<ir::NodeId> convs;
    std::vector<ir::ValueId> features;
    std::vector<ConvRows> rows;
    for (size_t i = 0; i < heads.size(); ++i) {
        convs.push_back(heads[i].conv);
        features.push_back(graph.node(heads[i].conv).input(0));
        rows.push_back(spread(heads[i].rows, i, heads.size()));
    }
    auto type = graph.value(features[0]).type();
    const auto all = editor.add({.op = "Concat",
                                 .inputs = features,
                                 .attributes = {{"axis", int64_t{1}}},
                                 .origins = originsOf(graph, convs),
                                 .subgraph = graph.node(convs[0]).subgraph()});
    if (type.shape) (*type.shape)[1] = rows[0].weights.dimension(1);
    editor.setType(all, type);
    joinHeads(editor, heads, all, stacked(rows));
}

base::Result<int64_t> mergeSeparableHeads(PassContext& context) {
    auto& editor = context.editor;
    const auto& graph = editor.graph();
    return countChanges(context, [&](ir::NodeId id) -> base::Result<bool> {
        const auto first = branchOf(editor, id);
        if (!first) return false;
        std::vector<Head> heads;
        int64_t outputs = 0;
        for (uint32_t n = id.index; n < graph.nodeLimit(); ++n) {
            const ir::NodeId other{n};
            if (!graph.contains(other) || graph.node(other).subgraph() != graph.node(id).subgraph()) continue;
            const auto branch = branchOf(editor, other);
            if (!branch || !joinable(graph, first->head, branch->head) ||
                !sameWindow(graph, first->depthwise, branch->depthwise) ||
                graph.node(branch->depthwise).input(0) != graph.node(first->depthwise).input(0))
                continue;
            outputs += branch->head.rows.weights.dimension(0);
            heads.push_back(branch->head);
        }
        if (heads.size() < 2 || outputs > kMostOutputs) return false;
        join(editor, heads);
        return true;
    });
}

}  // namespace

Pass mergeSeparableHeadsPass() {
    return {.name = "merge_separable_heads",
            .title = "Join separable heads",
            .summary =
                "Joins small pointwise heads of a detector that stand on depthwise convolutions of one "
                "input.",
            .run = mergeSeparableHeads};
}

}  // namespace lathe::passes
