// Reads a piece of a Concat where it came from.
//   Slice(Concat(a, b))        a, when the slice takes exactly a
//   Slice(Concat(a, b))        Slice(b), when it lies within b
//   Split(Concat(a, b))        a, b, when it cuts where they were joined
#include <algorithm>

#include "engine/passes/cuts.h"
#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

// Sizes of the inputs of a Concat along its axis; nothing when the axis is another or a size is not known.
std::optional<std::vector<int64_t>> joinedSizes(const ir::Graph& graph, ir::NodeId concat, int64_t axis) {
    const auto node = graph.node(concat);
    const auto rank = graph.value(node.output()).type().rank();
    if (axisFromFront(node.attributes().integer("axis", 0), rank) != axis) return {};
    std::vector<int64_t> sizes;
    for (const auto input : node.inputs()) {
        if (!input || graph.value(input).type().rank() != rank) return {};
        const auto size = (*graph.value(input).type().shape)[static_cast<size_t>(axis)].constant();
        if (!size) return {};
        sizes.push_back(*size);
    }
    return sizes;
}

bool shortcutSlice(ir::Editor& editor, ir::NodeId id, const Cut& cut) {
    const auto& graph = editor.graph();
    const auto concat = producerOf(graph, cut.source, "Concat");
    const auto sizes = concat ? joinedSizes(graph, concat, cut.axis) : std::nullopt;
    if (!sizes) return false;
    int64_t begin = 0;
    for (size_t i = 0; i < sizes->size(); begin += (*sizes)[i], ++i) {
        const auto size = (*sizes)[i];
        if (cut.start < begin || cut.start + cut.length > begin + size) continue;
        const auto piece = graph.node(concat).input(i);
        if (cut.length == size) return bypass(editor, id, piece);
        const auto output = graph.node(id).output();
        const auto constant = [&](int64_t number, const char* hint) {
            return constantBeside(editor, output, tensor::Tensor::vector<int64_t>(std::array{number}), hint);
        };
        editor.setOrigins(id, editor.originsOf({concat, id}));
        editor.setInputs(
            id, std::vector{piece, constant(cut.start - begin, "start"),
                            constant(cut.start - begin + cut.length, "end"), constant(cut.axis, "axis")});
        return true;
    }
    return false;
}

bool shortcutSplit(ir::Editor& editor, ir::NodeId id, const Pieces& pieces) {
    const auto& graph = editor.graph();
    const auto concat = producerOf(graph, pieces.source, "Concat");
    const auto sizes = concat ? joinedSizes(graph, concat, pieces.axis) : std::nullopt;
    if (!sizes || *sizes != pieces.sizes) return false;
    const std::vector<ir::ValueId> from(graph.node(id).outputs().begin(), graph.node(id).outputs().end());
    const std::vector<ir::ValueId> to(graph.node(concat).inputs().begin(), graph.node(concat).inputs().end());
    for (size_t i = 0; i < from.size(); ++i) {
        // A piece that was joined twice could hand its name to one output only.
        if (!canForward(graph, from[i], to[i]) || std::count(to.begin(), to.end(), to[i]) != 1) return false;
    }
    for (size_t i = 0; i < from.size(); ++i) editor.replaceUses(from[i], to[i]);
    editor.removeNode(id);
    return true;
}

base::Result<int64_t> shortcutConcats(PassContext& context) {
    auto& editor = context.editor;
    const auto& graph = editor.graph();
    return countChanges(context, [&](ir::NodeId id) -> base::Result<bool> {
        if (const auto cut = cutOf(graph, id)) return shortcutSlice(editor, id, *cut);
        if (const auto pieces = piecesOf(graph, id)) return shortcutSplit(editor, id, *pieces);
        return false;
    });
}

}  // namespace

Pass shortcutConcatsPass() {
    return {.name = "shortcut_concats",
            .title = "Read joined pieces directly",
            .summary = "Reads a piece that is cut out of a Concat where it came from.",
            .run = shortcutConcats};
}

}  // namespace lathe::passes
