// Makes one Split of slices that cut a value into all its pieces.
//   Slice(0:2), Slice(2:4) of an axis of 4        Split(2, 2)
//   Split(2, 4) -> Split(2, 2) along one axis     Split(2, 2, 2)
#include <algorithm>

#include "engine/passes/cuts.h"
#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

struct Piece {
    ir::NodeId slice;
    Cut cut;
};

// The slices that, one behind the other, make up the axis; empty when some part is missing or taken twice.
std::vector<Piece> tiling(const ir::Editor& editor, const Cut& first) {
    const auto& graph = editor.graph();
    std::vector<Piece> pieces;
    for (const auto& use : editor.uses(first.source)) {
        if (use.input != 0 || !isRewritable(graph, use.node)) continue;
        // A slice in a body runs only when the body does.
        if (graph.node(use.node).subgraph() != graph.value(first.source).subgraph()) continue;
        const auto cut = cutOf(graph, use.node);
        if (cut && cut->axis == first.axis) pieces.push_back({use.node, *cut});
    }
    std::sort(pieces.begin(), pieces.end(),
              [](const Piece& a, const Piece& b) { return a.cut.start < b.cut.start; });
    int64_t end = 0;
    for (const auto& piece : pieces) {
        if (piece.cut.start != end) return {};
        end += piece.cut.length;
    }
    const auto& shape = *graph.value(first.source).type().shape;
    return end == shape[static_cast<size_t>(first.axis)].constantOr(-1) ? pieces : std::vector<Piece>{};
}

bool joinSlices(ir::Editor& editor, const Cut& cut) {
    const auto& graph = editor.graph();
    const auto tiles = tiling(editor, cut);
    if (tiles.size() < 2) return false;
    Pieces pieces{cut.source, cut.axis, {}};
    std::vector<ir::NodeId> slices;
    for (const auto& tile : tiles) {
        pieces.sizes.push_back(tile.cut.length);
        slices.push_back(tile.slice);
    }
    const auto split = addSplit(editor, pieces, originsOf(graph, slices));
    for (size_t i = 0; i < slices.size(); ++i) {
        handOver(editor, graph.node(slices[i]).output(), graph.node(split).output(i));
        editor.removeNode(slices[i]);
    }
    return true;
}

bool flatten(ir::Editor& editor, ir::NodeId id, const Pieces& inner) {
    const auto& graph = editor.graph();
    const auto before = graph.value(inner.source).producer();
    const auto outer = before ? piecesOf(graph, before) : std::nullopt;
    if (!outer || outer->axis != inner.axis || !editor.hasOneUse(inner.source)) return false;
    if (graph.node(before).subgraph() != graph.node(id).subgraph()) return false;
    const auto at = graph.value(inner.source).outputIndex();
    Pieces all{outer->source, outer->axis, {}};
    std::vector<ir::ValueId> from;
    for (size_t i = 0; i < outer->sizes.size(); ++i) {
        if (i != at) {
            all.sizes.push_back(outer->sizes[i]);
            from.push_back(graph.node(before).output(i));
            continue;
        }
        all.sizes.insert(all.sizes.end(), inner.sizes.begin(), inner.sizes.end());
        for (const auto output : graph.node(id).outputs()) from.push_back(output);
    }
    const auto split = addSplit(editor, all, editor.originsOf({before, id}));
    for (size_t i = 0; i < from.size(); ++i) handOver(editor, from[i], graph.node(split).output(i));
    editor.removeNode(id);
    editor.removeNode(before);
    return true;
}

base::Result<int64_t> slicesToSplit(PassContext& context) {
    auto& editor = context.editor;
    const auto& graph = editor.graph();
    return countChanges(context, [&](ir::NodeId id) -> base::Result<bool> {
        if (const auto cut = cutOf(graph, id)) return joinSlices(editor, *cut);
        if (const auto pieces = piecesOf(graph, id)) return flatten(editor, id, *pieces);
        return false;
    });
}

}  // namespace

Pass slicesToSplitPass() {
    return {.name = "slices_to_split",
            .title = "Join slices into a split",
            .summary =
                "Makes one Split of slices, or of splits behind each other, that cut a value into all "
                "its pieces.",
            .run = slicesToSplit};
}

}  // namespace lathe::passes
