// Joins the heads of a detector: convolutions of one input whose results are only turned and reshaped.
//   Conv(x) -> Transpose -> Reshape, Conv(x) -> Transpose -> Reshape
//   Conv(x) -> Transpose -> Split -> Reshape, Reshape
// interleave_heads then makes one Reshape of the two.
#include "engine/passes/heads.h"
#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

base::Result<int64_t> mergeHeads(PassContext& context) {
    auto& editor = context.editor;
    const auto& graph = editor.graph();
    return countChanges(context, [&](ir::NodeId id) -> base::Result<bool> {
        const auto first = headOf(editor, id);
        if (!first) return false;
        const auto x = graph.node(id).input(0);
        std::vector<Head> heads;
        std::vector<ConvRows> rows;
        for (const auto& use : editor.uses(x)) {
            if (use.input != 0 || graph.node(use.node).subgraph() != graph.node(id).subgraph()) continue;
            const auto head = headOf(editor, use.node);
            if (!head || !joinable(graph, *first, *head)) continue;
            heads.push_back(*head);
            rows.push_back(head->rows);
        }
        if (heads.size() < 2) return false;
        joinHeads(editor, heads, x, stacked(rows));
        return true;
    });
}

}  // namespace

Pass mergeHeadsPass() {
    return {.name = "merge_heads",
            .title = "Join detection heads",
            .summary = "Joins convolutions of one input whose results are only transposed and reshaped.",
            .run = mergeHeads};
}

}  // namespace lathe::passes
