// Recognises GELU written out with Erf or Tanh.
//   0.5 * x * (1 + Erf(x / sqrt(2)))                                  Gelu(x)
//   0.5 * x * (1 + Tanh(sqrt(2 / pi) * (x + 0.044715 * x ^ 3)))       Gelu(x, approximate = tanh)
// in any order of the products. D. Hendrycks, K. Gimpel: Gaussian Error Linear Units, arXiv:1606.08415.
#include <algorithm>
#include <cmath>

#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

// As near as constants of their type are written.
bool isNear(const ir::Graph& graph, ir::ValueId value, double wanted) {
    const auto number = scalarOf(graph, value);
    if (!number) return false;
    const auto type = graph.value(value).constant()->type();
    const double tolerance = type == tensor::DataType::bfloat16  ? 4e-3
                             : type == tensor::DataType::float16 ? 5e-4
                                                                 : 1e-4;
    return std::fabs(*number - wanted) < tolerance * std::fabs(wanted);
}

// The factor beside the constant `number` in a product (or, for its reciprocal, a quotient); invalid
// otherwise.
ir::ValueId scaled(const ir::Graph& graph, ir::ValueId value, double number, ir::NodeList& nodes) {
    if (const auto mul = producerOf(graph, value, "Mul")) {
        for (const size_t side : {size_t{0}, size_t{1}}) {
            if (!isNear(graph, graph.node(mul).input(side), number)) continue;
            nodes.push_back(mul);
            return graph.node(mul).input(1 - side);
        }
    }
    if (const auto div = producerOf(graph, value, "Div")) {
        if (isNear(graph, graph.node(div).input(1), 1 / number)) {
            nodes.push_back(div);
            return graph.node(div).input(0);
        }
    }
    return {};
}

bool isCubeOf(const ir::Graph& graph, ir::ValueId value, ir::ValueId x, ir::NodeList& nodes) {
    if (const auto pow = producerOf(graph, value, "Pow")) {
        nodes.push_back(pow);
        return graph.node(pow).input(0) == x && isNear(graph, graph.node(pow).input(1), 3);
    }
    const auto mul = producerOf(graph, value, "Mul");
    const auto square = mul ? otherInput(graph, mul, x) : ir::ValueId{};
    const auto inner = square ? producerOf(graph, square, "Mul") : ir::NodeId{};
    if (!inner || graph.node(inner).input(0) != x || graph.node(inner).input(1) != x) return false;
    nodes.push_back(mul);
    nodes.push_back(inner);
    return true;
}

// x behind the argument of the Erf or Tanh; invalid when the argument is something else.
ir::ValueId sourceOf(const ir::Graph& graph, ir::Node function, ir::NodeList& nodes) {
    if (function.is("Erf")) return scaled(graph, function.input(0), std::sqrt(0.5), nodes);
    const auto sum = scaled(graph, function.input(0), std::sqrt(2 / M_PI), nodes);
    const auto add = sum ? producerOf(graph, sum, "Add") : ir::NodeId{};
    if (!add) return {};
    nodes.push_back(add);
    for (const size_t side : {size_t{0}, size_t{1}}) {
        const auto x = graph.node(add).input(side);
        ir::NodeList inner;
        const auto cube = scaled(graph, graph.node(add).input(1 - side), 0.044715, inner);
        if (!cube || !isCubeOf(graph, cube, x, inner)) continue;
        nodes.insert(nodes.end(), inner.begin(), inner.end());
        return x;
    }
    return {};
}

// Follows the product upwards from 1 + f until both x and 0.5 were met; the last node, or invalid.
ir::NodeId endOfProduct(const ir::Editor& editor, ir::ValueId sum, ir::ValueId x, ir::NodeList& nodes) {
    const auto& graph = editor.graph();
    bool needsX = true, needsHalf = true;
    auto current = sum;
    while (true) {
        const auto mul = editor.onlyUser(current);
        if (!mul || !graph.node(mul).is("Mul")) return {};
        const auto other = otherInput(graph, mul, current);
        ir::NodeList inner;
        if (needsX && other == x) {
            needsX = false;
        } else if (needsHalf && isNear(graph, other, 0.5)) {
            needsHalf = false;
        } else if (needsX && needsHalf && other && scaled(graph, other, 0.5, inner) == x) {
            needsX = needsHalf = false;
            nodes.insert(nodes.end(), inner.begin(), inner.end());
        } else {
            return {};
        }
        nodes.push_back(mul);
        if (!needsX && !needsHalf) return mul;
        current = graph.node(mul).output();
    }
}

base::Result<int64_t> fuseGelu(PassContext& context) {
    auto& editor = context.editor;
    const auto& graph = editor.graph();
    return countChanges(context, [&](ir::NodeId id) -> base::Result<bool> {
        const auto node = graph.node(id);
        if (!node.is("Erf") && !node.is("Tanh")) return false;
        ir::NodeList nodes{id};
        const auto x = sourceOf(graph, node, nodes);
        const auto add = x ? editor.onlyUser(node.output()) : ir::NodeId{};
        if (!add || !graph.node(add).is("Add")) return false;
        const auto one = otherInput(graph, add, node.output());
        if (!one || !isNear(graph, one, 1)) return false;
        nodes.push_back(add);
        const auto end = endOfProduct(editor, graph.node(add).output(), x, nodes);
        if (!end || !sameShape(graph, x, graph.node(end).output())) return false;
        ir::NodeList origins;
        for (const auto part : nodes)
            for (const auto origin : graph.node(part).origins())
                if (std::find(origins.begin(), origins.end(), origin) == origins.end())
                    origins.push_back(origin);
        std::sort(origins.begin(), origins.end());
        ir::Attributes attributes;
        if (node.is("Tanh")) attributes.set("approximate", std::string("tanh"));
        const auto made = editor.addNode({.op = "Gelu",
                                          .inputs = {x},
                                          .attributes = attributes,
                                          .origins = origins,
                                          .subgraph = node.subgraph()});
        supersede(editor, end, made);
        return true;
    });
}

}  // namespace

Pass fuseGeluPass() {
    return {.name = "fuse_gelu",
            .title = "Fuse GELU",
            .summary = "Recognises GELU written out with Erf or Tanh (needs opset 20).",
            .run = fuseGelu};
}

}  // namespace lathe::passes
