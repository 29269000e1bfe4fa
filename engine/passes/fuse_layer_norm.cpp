// Recognises layer normalisation written out in basic operators.
//   m = ReduceMean(x); d = x - m; d / Sqrt(ReduceMean(d * d) + epsilon) * gamma + beta
//   becomes LayerNormalization(x, gamma, beta)
// Models on 16-bit floats often have the squares in float32, and an epsilon that became 0 and went.
// The mean must be over the last axes, and the result must keep the shape of x.
#include <algorithm>

#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

// The first of the last axes a ReduceMean with kept dimensions covers; nothing when it is another reduction.
std::optional<int64_t> firstOfLastAxes(const ir::Graph& graph, ir::NodeId id) {
    const auto node = graph.node(id);
    const auto rank = graph.value(node.input(0)).type().rank();
    const auto axes = axesOf(graph, id);
    if (!axes || axes->empty() || rank < 0 || node.attributes().integer("keepdims", 1) == 0) return {};
    std::vector<int64_t> sorted;
    for (const auto axis : *axes) sorted.push_back(axisFromFront(axis, rank));
    std::sort(sorted.begin(), sorted.end());
    for (size_t i = 0; i < sorted.size(); ++i)
        if (sorted[i] != rank - static_cast<int64_t>(sorted.size() - i)) return {};
    return sorted.front();
}

// What a Cast between floats converts, else the value itself.
ir::ValueId beforeCast(const ir::Graph& graph, ir::ValueId value, ir::NodeList& nodes) {
    const auto cast = producerOf(graph, value, "Cast");
    if (!cast) return value;
    const auto from = graph.node(cast).input(0);
    const auto isFloat = [&](ir::ValueId one) { return tensor::isFloat(graph.value(one).type().element); };
    if (!from || !isFloat(from) || !isFloat(value)) return value;
    nodes.push_back(cast);
    return from;
}

// Appends the nodes that make the value of d: d * d or d ^ 2.
bool isSquareOf(const ir::Graph& graph, ir::ValueId value, ir::ValueId d, ir::NodeList& nodes) {
    value = beforeCast(graph, value, nodes);
    if (const auto pow = producerOf(graph, value, "Pow")) {
        nodes.push_back(pow);
        return beforeCast(graph, graph.node(pow).input(0), nodes) == d &&
               scalarOf(graph, graph.node(pow).input(1)) == 2.0;
    }
    const auto mul = producerOf(graph, value, "Mul");
    if (!mul || graph.node(mul).input(0) != graph.node(mul).input(1)) return false;
    nodes.push_back(mul);
    return beforeCast(graph, graph.node(mul).input(0), nodes) == d;
}

// The variance + epsilon, or the variance alone.
struct Spread {
    ir::NodeId variance;
    double epsilon = 0;
};
std::optional<Spread> spreadOf(const ir::Graph& graph, ir::ValueId value, ir::NodeList& nodes) {
    if (const auto variance = producerOf(graph, value, "ReduceMean")) return Spread{variance, 0};
    const auto add = producerOf(graph, value, "Add");
    if (!add) return {};
    const size_t side = scalarOf(graph, graph.node(add).input(1)) ? 0 : 1;
    const auto epsilon = scalarOf(graph, graph.node(add).input(1 - side));
    const auto variance = producerOf(graph, graph.node(add).input(side), "ReduceMean");
    if (!epsilon || !variance) return {};
    nodes.push_back(add);
    return Spread{variance, *epsilon};
}

struct Found {
    ir::ValueId x;
    int64_t axis = 0;
    double epsilon = 0;
    ir::NodeList nodes;
};

// Matches from the Div upwards.
std::optional<Found> match(const ir::Graph& graph, ir::NodeId div) {
    const auto d = graph.node(div).input(0);
    const auto root = producerOf(graph, graph.node(div).input(1), "Sqrt");
    const auto sub = producerOf(graph, d, "Sub");
    ir::NodeList nodes;
    const auto spread = root ? spreadOf(graph, graph.node(root).input(0), nodes) : std::nullopt;
    if (!sub || !spread) return {};
    const auto variance = spread->variance;
    const auto mean = producerOf(graph, graph.node(sub).input(1), "ReduceMean");
    if (!mean) return {};
    const auto x = graph.node(sub).input(0);
    if (graph.node(mean).input(0) != x || !isSquareOf(graph, graph.node(variance).input(0), d, nodes))
        return {};
    const auto axis = firstOfLastAxes(graph, mean);
    if (!axis || firstOfLastAxes(graph, variance) != axis) return {};
    nodes.insert(nodes.end(), {mean, sub, variance, root, div});
    return Found{x, *axis, spread->epsilon, nodes};
}

// The constant beside `value` in a Mul or Add that is the only reader of `value`, shaped like the normalised
// axes.
struct Parameter {
    ir::NodeId node;
    ir::ValueId value;
};
std::optional<Parameter> parameterAfter(const ir::Editor& editor, ir::ValueId value, std::string_view op,
                                        std::span<const ir::Dim> shape) {
    const auto& graph = editor.graph();
    const auto reader = editor.onlyUser(value);
    if (!reader || !graph.node(reader).is(op)) return {};
    const auto other = otherInput(graph, reader, value);
    const auto* constant = other ? graph.value(other).constant() : nullptr;
    if (!constant || !std::ranges::equal(ir::symbolicShape(constant->shape()), shape)) return {};
    return Parameter{reader, other};
}

base::Result<int64_t> fuseLayerNorm(PassContext& context) {
    auto& editor = context.editor;
    const auto& graph = editor.graph();
    return countChanges(context, [&](ir::NodeId id) -> base::Result<bool> {
        if (!graph.node(id).is("Div")) return false;
        auto found = match(graph, id);
        if (!found) return false;
        const auto& type = graph.value(found->x).type();
        if (!type.shape || !tensor::isFloat(type.element)) return false;
        const ir::SymbolicShape last(type.shape->begin() + found->axis, type.shape->end());
        const auto concrete = ir::concreteShape(last);
        if (!concrete) return false;
        auto end = id;
        const auto gamma = parameterAfter(editor, graph.node(end).output(), "Mul", last);
        if (gamma) end = gamma->node, found->nodes.push_back(end);
        const auto beta = parameterAfter(editor, graph.node(end).output(), "Add", last);
        if (beta) end = beta->node, found->nodes.push_back(end);
        auto scale = gamma ? gamma->value : ir::ValueId{};
        if (!scale) {
            const std::vector<double> ones(static_cast<size_t>(tensor::elementCount(*concrete)), 1.0);
            scale = constantBeside(editor, graph.node(id).output(), tensorOf(type.element, *concrete, ones),
                                   "ones");
        }
        std::vector<ir::ValueId> inputs{found->x, scale};
        if (beta) inputs.push_back(beta->value);
        ir::NodeList origins;
        for (const auto node : found->nodes)
            for (const auto origin : graph.node(node).origins())
                if (std::find(origins.begin(), origins.end(), origin) == origins.end())
                    origins.push_back(origin);
        const auto made = editor.addNode(
            {.op = "LayerNormalization",
             .inputs = inputs,
             .attributes = {{"axis", found->axis}, {"epsilon", static_cast<float>(found->epsilon)}},
             .origins = origins,
             .subgraph = graph.node(id).subgraph()});
        supersede(editor, end, made);
        return true;
    });
}

}  // namespace

Pass fuseLayerNormPass() {
    return {.name = "fuse_layer_norm",
            .title = "Fuse layer normalization",
            .summary = "Recognises layer normalization written out in basic operators (needs opset 17).",
            .run = fuseLayerNorm};
}

}  // namespace lathe::passes
