// Moves a Split behind what happens to all its pieces alike, so that it happens once.
//   Split -> Relu, Relu                           Relu -> Split
//   Split -> Transpose(p), Transpose(p)           Transpose(p) -> Split
//   Split, Split -> Concat(a0, b0), Concat(a1, b1)        Concat(a, b) -> Split
#include <algorithm>

#include "engine/passes/cuts.h"
#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

// The readers of the pieces when each piece has exactly one, all alike but for the piece; else empty.
std::vector<ir::NodeId> alikeReaders(const ir::Editor& editor, ir::NodeId split) {
    const auto& graph = editor.graph();
    std::vector<ir::NodeId> readers;
    for (const auto piece : graph.node(split).outputs()) {
        const auto reader = editor.onlyUser(piece);
        if (!reader || graph.node(reader).subgraph() != graph.node(split).subgraph()) return {};
        const auto node = graph.node(reader), first = graph.node(readers.empty() ? reader : readers[0]);
        if (!node.is(first.op()) || node.outputs().size() != 1 || node.input(0) != piece ||
            !(node.attributes() == first.attributes()) || node.inputs().size() != first.inputs().size())
            return {};
        for (size_t i = 1; i < node.inputs().size(); ++i)
            if (node.input(i) != first.input(i)) return {};
        readers.push_back(reader);
    }
    return readers;
}

// The axis of the pieces behind such a reader; -1 when the reader does not keep them apart.
int64_t axisBehind(const ir::Graph& graph, ir::NodeId reader, int64_t axis) {
    const auto node = graph.node(reader);
    if (isElementwiseUnary(node)) return axis;
    if (!node.is("Transpose")) return -1;
    const auto permutation = node.attributes().integers("perm");
    const auto at = std::find(permutation.begin(), permutation.end(), axis);
    return at == permutation.end() ? -1 : at - permutation.begin();
}

bool sinkPastReaders(ir::Editor& editor, ir::NodeId id, const Pieces& pieces) {
    const auto& graph = editor.graph();
    const auto readers = alikeReaders(editor, id);
    if (readers.size() < 2) return false;
    const auto first = graph.node(readers[0]);
    const auto axis = axisBehind(graph, readers[0], pieces.axis);
    auto type = graph.value(first.output()).type();
    if (axis < 0 || !type.shape || static_cast<size_t>(axis) >= type.shape->size()) return false;
    int64_t total = 0;
    for (const auto size : pieces.sizes) total += size;
    (*type.shape)[static_cast<size_t>(axis)] = total;
    std::vector<ir::ValueId> inputs(first.inputs().begin(), first.inputs().end());
    inputs[0] = pieces.source;
    const auto whole = editor.add({.op = std::string(first.op()),
                                   .inputs = inputs,
                                   .attributes = first.attributes(),
                                   .origins = originsOf(graph, readers),
                                   .subgraph = first.subgraph()});
    editor.setType(whole, type);
    const auto split = addSplit(editor, {whole, axis, pieces.sizes}, graph.node(id).origins());
    for (size_t i = 0; i < readers.size(); ++i) {
        handOver(editor, graph.node(readers[i]).output(), graph.node(split).output(i));
        editor.removeNode(readers[i]);
    }
    editor.removeNode(id);
    return true;
}

// The Concats that join the i-th pieces of the same splits in the same order, along another axis.
struct Joints {
    std::vector<ir::NodeId> splits, concats;
    int64_t axis = 0;
};

std::optional<Joints> jointsOf(const ir::Editor& editor, ir::NodeId first, const Pieces& pieces) {
    const auto& graph = editor.graph();
    Joints joints;
    for (const auto piece : graph.node(first).outputs()) {
        const auto concat = editor.onlyUser(piece);
        if (!concat || !graph.node(concat).is("Concat")) return {};
        if (graph.node(concat).subgraph() != graph.node(first).subgraph()) return {};
        joints.concats.push_back(concat);
    }
    const auto rank = graph.value(pieces.source).type().rank();
    const auto lead = graph.node(joints.concats[0]);
    for (const auto input : lead.inputs()) {
        const auto split = input ? graph.value(input).producer() : ir::NodeId{};
        const auto other = split ? piecesOf(graph, split) : std::nullopt;
        if (!other || other->axis != pieces.axis || other->sizes != pieces.sizes) return {};
        if (std::find(joints.splits.begin(), joints.splits.end(), split) != joints.splits.end()) return {};
        joints.splits.push_back(split);
    }
    joints.axis = axisFromFront(lead.attributes().integer("axis", 0), rank);
    if (joints.axis < 0 || joints.axis == pieces.axis || joints.splits.size() < 2) return {};
    for (size_t i = 0; i < joints.concats.size(); ++i) {
        const auto concat = graph.node(joints.concats[i]);
        if (concat.inputs().size() != joints.splits.size() ||
            axisFromFront(concat.attributes().integer("axis", 0), rank) != joints.axis)
            return {};
        for (size_t s = 0; s < joints.splits.size(); ++s) {
            const auto piece = graph.node(joints.splits[s]).output(i);
            if (concat.input(s) != piece || !editor.hasOneUse(piece)) return {};
        }
    }
    return joints;
}

bool sinkPastConcats(ir::Editor& editor, ir::NodeId id, const Pieces& pieces) {
    const auto& graph = editor.graph();
    const auto joints = jointsOf(editor, id, pieces);
    if (!joints) return false;
    std::vector<ir::ValueId> sources;
    for (const auto split : joints->splits) sources.push_back(graph.node(split).input(0));
    auto type = graph.value(graph.node(joints->concats[0]).output()).type();
    if (!type.shape) return false;
    int64_t total = 0;
    for (const auto size : pieces.sizes) total += size;
    (*type.shape)[static_cast<size_t>(pieces.axis)] = total;
    const auto whole = editor.add({.op = "Concat",
                                   .inputs = sources,
                                   .attributes = {{"axis", joints->axis}},
                                   .origins = originsOf(graph, joints->concats),
                                   .subgraph = graph.node(id).subgraph()});
    editor.setType(whole, type);
    const auto split = addSplit(editor, {whole, pieces.axis, pieces.sizes}, originsOf(graph, joints->splits));
    for (size_t i = 0; i < joints->concats.size(); ++i) {
        handOver(editor, graph.node(joints->concats[i]).output(), graph.node(split).output(i));
        editor.removeNode(joints->concats[i]);
    }
    for (const auto old : joints->splits) editor.removeNode(old);
    return true;
}

base::Result<int64_t> sinkSplits(PassContext& context) {
    auto& editor = context.editor;
    const auto& graph = editor.graph();
    return countChanges(context, [&](ir::NodeId id) -> base::Result<bool> {
        const auto pieces = piecesOf(graph, id);
        if (!pieces || pieces->sizes.size() < 2) return false;
        return sinkPastReaders(editor, id, *pieces) || sinkPastConcats(editor, id, *pieces);
    });
}

}  // namespace

Pass sinkSplitsPass() {
    return {
        .name = "sink_splits",
        .title = "Move splits down",
        .summary = "Moves a Split behind operators that treat all its pieces alike, so that they run once.",
        .run = sinkSplits};
}

}  // namespace lathe::passes
