// Orders the outputs of a joined detection head by anchor, so that one Reshape serves all its pieces.
//   Conv -> Transpose(channels last) -> Split(6, 12) -> Reshape(.., 2), Reshape(.., 4)
//   Conv(reordered) -> Transpose -> Reshape(.., 6) -> Split(2, 4)
#include <algorithm>

#include "engine/passes/conv_rows.h"
#include "engine/passes/cuts.h"
#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

struct Heads {
    std::vector<ir::NodeId> reshapes;
    std::vector<int64_t> widths;  // last dimension of each
    int64_t anchors = 0;          // how often a width lies in its piece
    std::vector<int64_t> target;  // shape input of the common Reshape
};

// The readers of the pieces when they are Reshapes that differ in their last dimension alone.
std::optional<Heads> headsOf(const ir::Editor& editor, ir::NodeId split, const Pieces& pieces) {
    const auto& graph = editor.graph();
    Heads heads;
    for (size_t i = 0; i < pieces.sizes.size(); ++i) {
        const auto reshape = editor.onlyUser(graph.node(split).output(i));
        if (!reshape || !graph.node(reshape).is("Reshape") ||
            graph.node(reshape).subgraph() != graph.node(split).subgraph() ||
            graph.node(reshape).attributes().integer("allowzero", 0) != 0)
            return {};
        const auto& shape = graph.value(graph.node(reshape).output()).type().shape;
        if (!shape || shape->size() < 2) return {};
        const auto width = shape->back().constantOr(0);
        if (width < 1 || pieces.sizes[i] % width != 0) return {};
        const auto anchors = pieces.sizes[i] / width;
        if (i == 0) heads.anchors = anchors;
        if (anchors != heads.anchors) return {};
        const auto& first =
            *graph.value(graph.node(i == 0 ? reshape : heads.reshapes[0]).output()).type().shape;
        if (first.size() != shape->size() ||
            !std::equal(shape->begin(), shape->end() - 1, first.begin(),
                        [](const ir::Dim& a, const ir::Dim& b) { return same(a, b); }))
            return {};
        heads.reshapes.push_back(reshape);
        heads.widths.push_back(width);
    }
    const auto target = integersOf(graph, graph.node(heads.reshapes[0]).input(1));
    // A 0 copies a dimension of the input, which must not be that of the channels.
    if (!target || target->size() < 2 || target->size() > static_cast<size_t>(pieces.axis) + 1) return {};
    heads.target = *target;
    heads.target.back() = 0;
    for (const auto width : heads.widths) heads.target.back() += width;
    return heads;
}

base::Result<int64_t> interleaveHeads(PassContext& context) {
    auto& editor = context.editor;
    const auto& graph = editor.graph();
    return countChanges(context, [&](ir::NodeId id) -> base::Result<bool> {
        const auto pieces = piecesOf(graph, id);
        if (!pieces || pieces->sizes.size() < 2 || !editor.hasOneUse(pieces->source)) return false;
        const auto transpose = producerOf(graph, pieces->source, "Transpose");
        const auto conv =
            transpose ? producerOf(graph, graph.node(transpose).input(0), "Conv") : ir::NodeId{};
        if (!conv || !editor.hasOneUse(graph.node(conv).output())) return false;
        const auto permutation = graph.node(transpose).attributes().integers("perm");
        if (permutation.empty() || permutation.back() != 1 ||
            pieces->axis + 1 != static_cast<int64_t>(permutation.size()))
            return false;
        const auto rows = convRows(graph, conv);
        const auto heads = headsOf(editor, id, *pieces);
        if (!rows || rows->group != 1 || !heads) return false;
        std::vector<int64_t> order;
        for (int64_t anchor = 0; anchor < heads->anchors; ++anchor) {
            int64_t start = 0;
            for (size_t i = 0; i < heads->widths.size(); start += pieces->sizes[i], ++i)
                for (int64_t k = 0; k < heads->widths[i]; ++k)
                    order.push_back(start + anchor * heads->widths[i] + k);
        }
        const auto ordered = addConv(editor, conv, graph.node(conv).input(0), reordered(*rows, order),
                                     graph.node(conv).origins());
        editor.setInput(transpose, 0, graph.node(ordered).output());
        const auto shape =
            constantBeside(editor, pieces->source, tensor::Tensor::vector<int64_t>(heads->target), "shape");
        auto type = graph.value(graph.node(heads->reshapes[0]).output()).type();
        type.shape->back() = heads->target.back();
        const auto whole = editor.add({.op = "Reshape",
                                       .inputs = {pieces->source, shape},
                                       .origins = originsOf(graph, heads->reshapes),
                                       .subgraph = graph.node(id).subgraph()});
        editor.setType(whole, type);
        const auto axis = static_cast<int64_t>(type.shape->size()) - 1;
        const auto split = addSplit(editor, {whole, axis, heads->widths}, graph.node(id).origins());
        for (size_t i = 0; i < heads->reshapes.size(); ++i) {
            handOver(editor, graph.node(heads->reshapes[i]).output(), graph.node(split).output(i));
            editor.removeNode(heads->reshapes[i]);
        }
        editor.removeNode(id);
        editor.removeNode(conv);
        return true;
    });
}

}  // namespace

Pass interleaveHeadsPass() {
    return {.name = "interleave_heads",
            .title = "Order detection heads by anchor",
            .summary = "Orders the outputs of a joined head so that one Reshape serves all its pieces.",
            .run = interleaveHeads};
}

}  // namespace lathe::passes
