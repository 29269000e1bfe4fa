#include "engine/passes/heads.h"

#include <algorithm>

#include "engine/passes/cuts.h"
#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

// How often the last dimension of the Reshape's result lies in the channels; 0 when it does not.
int64_t anchorsOf(const ir::SymbolicShape& shape, const Head& head) {
    const auto width = shape.empty() ? 0 : shape.back().constantOr(0);
    const auto channels = head.rows.weights.dimension(0);
    return width > 0 && channels % width == 0 ? channels / width : 0;
}

}  // namespace

std::optional<Head> headOf(const ir::Editor& editor, ir::NodeId conv) {
    const auto& graph = editor.graph();
    const auto rows = convRows(graph, conv);
    if (!rows || rows->group != 1) return {};
    Head head{conv, editor.onlyUser(graph.node(conv).output()), {}, *rows};
    if (!head.transpose || !graph.node(head.transpose).is("Transpose")) return {};
    const auto permutation = graph.node(head.transpose).attributes().integers("perm");
    if (permutation.empty() || permutation.back() != 1) return {};
    head.reshape = editor.onlyUser(graph.node(head.transpose).output());
    if (!head.reshape || !graph.node(head.reshape).is("Reshape")) return {};
    const auto place = graph.node(conv).subgraph();
    if (graph.node(head.transpose).subgraph() != place || graph.node(head.reshape).subgraph() != place)
        return {};
    return head;
}

bool joinable(const ir::Graph& graph, const Head& a, const Head& b) {
    if (!sameWindow(graph, a.conv, b.conv)) return false;
    if (!(graph.node(a.transpose).attributes() == graph.node(b.transpose).attributes())) return false;
    const auto& turned = graph.value(graph.node(a.transpose).output()).type().shape;
    const auto& first = graph.value(graph.node(a.reshape).output()).type().shape;
    const auto& second = graph.value(graph.node(b.reshape).output()).type().shape;
    if (!turned || !first || !second || first->size() != second->size()) return false;
    const auto anchors = anchorsOf(*first, a);
    return anchors > 0 && anchors == anchorsOf(*second, b) &&
           std::equal(first->begin(), first->end() - 1, second->begin(),
                      [](const ir::Dim& x, const ir::Dim& y) { return same(x, y); });
}

void joinHeads(ir::Editor& editor, std::span<const Head> heads, ir::ValueId x, const ConvRows& rows) {
    const auto& graph = editor.graph();
    std::vector<ir::NodeId> convs, transposes;
    Pieces pieces;
    for (const auto& head : heads) {
        convs.push_back(head.conv);
        transposes.push_back(head.transpose);
        pieces.sizes.push_back(head.rows.weights.dimension(0));
    }
    const auto turn = graph.node(transposes[0]);
    auto type = graph.value(turn.output()).type();
    type.shape->back() = rows.weights.dimension(0);
    pieces.axis = type.rank() - 1;
    const auto conv = addConv(editor, convs[0], x, rows, originsOf(graph, convs));
    pieces.source = editor.add({.op = "Transpose",
                                .inputs = {graph.node(conv).output()},
                                .attributes = turn.attributes(),
                                .name = turn.name(),
                                .origins = originsOf(graph, transposes),
                                .subgraph = turn.subgraph()});
    editor.setType(pieces.source, type);
    const auto split = addSplit(editor, pieces, originsOf(graph, convs));
    for (size_t i = 0; i < heads.size(); ++i) {
        handOver(editor, graph.node(transposes[i]).output(), graph.node(split).output(i));
        editor.removeNode(transposes[i]);
        editor.removeNode(convs[i]);
    }
}

}  // namespace lathe::passes
