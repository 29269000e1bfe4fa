#include "engine/passes/cuts.h"

#include <algorithm>

#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

struct Bounds {
    std::vector<int64_t> starts, ends, axes;
};

std::optional<Bounds> boundsOf(const ir::Graph& graph, ir::Node slice) {
    const auto starts = integersOf(graph, slice.input(1)), ends = integersOf(graph, slice.input(2));
    if (!starts || !ends || starts->size() != ends->size()) return {};
    Bounds bounds{*starts, *ends, {}};
    if (slice.input(3)) {
        const auto axes = integersOf(graph, slice.input(3));
        if (!axes || axes->size() != starts->size()) return {};
        bounds.axes = *axes;
    } else {
        for (size_t i = 0; i < starts->size(); ++i) bounds.axes.push_back(static_cast<int64_t>(i));
    }
    if (!slice.input(4)) return bounds;
    const auto steps = integersOf(graph, slice.input(4));
    if (!steps || std::any_of(steps->begin(), steps->end(), [](int64_t step) { return step != 1; }))
        return {};
    return bounds;
}

}  // namespace

std::optional<Cut> cutOf(const ir::Graph& graph, ir::NodeId slice) {
    const auto node = graph.node(slice);
    if (!node.is("Slice") || !node.input(0) || !node.output()) return {};
    const auto& type = graph.value(node.input(0)).type();
    const auto bounds = boundsOf(graph, node);
    if (!type.shape || !bounds) return {};
    std::optional<Cut> cut;
    for (size_t i = 0; i < bounds->axes.size(); ++i) {
        const auto axis = axisFromFront(bounds->axes[i], type.rank());
        const auto size = axis < 0 ? -1 : (*type.shape)[static_cast<size_t>(axis)].constantOr(-1);
        if (size < 0) return {};
        const auto placed = [&](int64_t at) { return std::clamp<int64_t>(at < 0 ? at + size : at, 0, size); };
        const auto from = placed(bounds->starts[i]), to = placed(bounds->ends[i]);
        if (from == 0 && to == size) continue;
        if (cut || to <= from) return {};
        cut = Cut{node.input(0), axis, from, to - from};
    }
    return cut;
}

std::optional<Pieces> piecesOf(const ir::Graph& graph, ir::NodeId split) {
    const auto node = graph.node(split);
    if (!node.is("Split") || !node.input(0)) return {};
    Pieces pieces{node.input(0), 0, {}};
    pieces.axis =
        axisFromFront(node.attributes().integer("axis", 0), graph.value(pieces.source).type().rank());
    if (pieces.axis < 0) return {};
    for (const auto output : node.outputs()) {
        if (!output) return {};
        const auto& shape = graph.value(output).type().shape;
        if (!shape || static_cast<size_t>(pieces.axis) >= shape->size()) return {};
        const auto size = (*shape)[static_cast<size_t>(pieces.axis)].constant();
        if (!size) return {};
        pieces.sizes.push_back(*size);
    }
    return pieces;
}

ir::NodeId addSplit(ir::Editor& editor, const Pieces& pieces, ir::NodeList origins) {
    const auto& graph = editor.graph();
    const auto sizes =
        constantBeside(editor, pieces.source, tensor::Tensor::vector<int64_t>(pieces.sizes), "pieces");
    const auto split = editor.addNode({.op = "Split",
                                       .inputs = {pieces.source, sizes},
                                       .attributes = {{"axis", pieces.axis}},
                                       .outputCount = pieces.sizes.size(),
                                       .origins = std::move(origins),
                                       .subgraph = graph.value(pieces.source).subgraph()});
    for (size_t i = 0; i < pieces.sizes.size(); ++i) {
        auto type = graph.value(pieces.source).type();
        if (type.shape) (*type.shape)[static_cast<size_t>(pieces.axis)] = pieces.sizes[i];
        editor.setType(graph.node(split).output(i), std::move(type));
    }
    return split;
}

void handOver(ir::Editor& editor, ir::ValueId from, ir::ValueId to) {
    editor.setType(to, editor.graph().value(from).type());
    editor.replaceUses(from, to);
}

ir::NodeList originsOf(const ir::Graph& graph, std::span<const ir::NodeId> nodes) {
    ir::NodeList origins;
    for (const auto node : nodes)
        for (const auto origin : graph.node(node).origins())
            if (std::find(origins.begin(), origins.end(), origin) == origins.end()) origins.push_back(origin);
    return origins;
}

}  // namespace lathe::passes
