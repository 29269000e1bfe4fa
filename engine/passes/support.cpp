#include "engine/passes/support.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/tensor/visit_type.h"

namespace lathe::passes {

bool isRewritable(const ir::Graph& graph, ir::NodeId node) {
    auto place = graph.node(node).subgraph();
    while (place != ir::kMain) {
        const auto owner = graph.subgraph(place).owner;
        if (!owner || !graph.contains(owner)) return false;
        place = graph.node(owner).subgraph();
    }
    return true;
}

const tensor::Tensor* constantInput(const ir::Graph& graph, ir::NodeId node, size_t input) {
    const auto value = graph.node(node).input(input);
    return value ? graph.value(value).constant() : nullptr;
}

std::optional<double> scalarOf(const ir::Graph& graph, ir::ValueId value) {
    if (!value) return {};
    const auto* constant = graph.value(value).constant();
    if (!constant || constant->elementCount() != 1) return {};
    if (!tensor::isFloat(constant->type()) && !tensor::isInteger(constant->type())) return {};
    return constant->aligned().realAt(0);
}

bool isFilledWith(const ir::Graph& graph, ir::ValueId value, double number) {
    if (!value) return false;
    const auto* constant = graph.value(value).constant();
    if (!constant || constant->empty()) return false;
    if (!tensor::isFloat(constant->type()) && !tensor::isInteger(constant->type())) return false;
    const auto aligned = constant->aligned();
    for (int64_t i = 0; i < aligned.elementCount(); ++i)
        if (aligned.realAt(i) != number) return false;
    return true;
}

std::optional<std::vector<int64_t>> integersOf(const ir::Graph& graph, ir::ValueId value) {
    if (!value) return {};
    const auto* constant = graph.value(value).constant();
    if (!constant || !tensor::isInteger(constant->type())) return {};
    return tensor::toIntegers(constant->aligned());
}

ir::NodeId producerOf(const ir::Graph& graph, ir::ValueId value, std::string_view op) {
    if (!value) return {};
    const auto producer = graph.value(value).producer();
    if (!producer || graph.value(value).outputIndex() != 0 || !graph.node(producer).is(op)) return {};
    return producer;
}

bool sameShape(const ir::Graph& graph, ir::ValueId a, ir::ValueId b) {
    const auto& left = graph.value(a).type();
    const auto& right = graph.value(b).type();
    if (!left.shape || !right.shape || left.shape->size() != right.shape->size()) return false;
    for (size_t i = 0; i < left.shape->size(); ++i)
        if (!same((*left.shape)[i], (*right.shape)[i])) return false;
    return true;
}

bool isOutput(const ir::Graph& graph, ir::ValueId value) {
    for (uint32_t s = 0; s < graph.subgraphLimit(); ++s) {
        if (!graph.contains(ir::SubgraphId{s})) continue;
        const auto& outputs = graph.subgraph({s}).outputs;
        if (std::find(outputs.begin(), outputs.end(), value) != outputs.end()) return true;
    }
    return false;
}

ir::ValueId otherInput(const ir::Graph& graph, ir::NodeId node, ir::ValueId value) {
    const auto inputs = graph.node(node).inputs();
    if (inputs.size() != 2 || (inputs[0] == value) == (inputs[1] == value)) return {};
    return inputs[0] == value ? inputs[1] : inputs[0];
}

bool isElementwiseUnary(ir::Node node) {
    static constexpr std::array<std::string_view, 29> kOps = {"Relu",
                                                              "Sigmoid",
                                                              "Tanh",
                                                              "LeakyRelu",
                                                              "Elu",
                                                              "Selu",
                                                              "HardSigmoid",
                                                              "HardSwish",
                                                              "Softplus",
                                                              "Softsign",
                                                              "Exp",
                                                              "Log",
                                                              "Sqrt",
                                                              "Abs",
                                                              "Neg",
                                                              "Erf",
                                                              "Reciprocal",
                                                              "Floor",
                                                              "Ceil",
                                                              "Round",
                                                              "Cast",
                                                              "Clip",
                                                              "Gelu",
                                                              "Mish",
                                                              "Celu",
                                                              "Not",
                                                              "Sign",
                                                              "Identity",
                                                              "ThresholdedRelu"};
    if (!node.domain().empty()) return false;
    return std::find(kOps.begin(), kOps.end(), node.op()) != kOps.end();
}

int64_t axisFromFront(int64_t axis, int64_t rank) {
    if (rank < 0) return -1;
    return tensor::normalizedAxis(axis, rank).value_or(-1);
}

std::optional<std::vector<int64_t>> axesOf(const ir::Graph& graph, ir::NodeId node) {
    const auto view = graph.node(node);
    if (view.input(1)) return integersOf(graph, view.input(1));
    if (view.attributes().has("axes")) return view.attributes().integers("axes");
    return {};
}

bool canForward(const ir::Graph& graph, ir::ValueId from, ir::ValueId to) {
    if (from == to) return false;
    if (!isOutput(graph, from)) return true;
    const auto& target = graph.valueData(to);
    return target.producer && target.subgraph == graph.valueData(from).subgraph && !isOutput(graph, to);
}

bool bypass(ir::Editor& editor, ir::NodeId node, ir::ValueId value) {
    const auto& graph = editor.graph();
    const auto output = graph.node(node).output();
    if (!output || !canForward(graph, output, value)) return false;
    for (const auto other : graph.node(node).outputs())
        if (other && other != output && (!editor.uses(other).empty() || isOutput(graph, other))) return false;
    // Where the remaining value says less about its type than the bypassed one did, keep what was known.
    if (!graph.value(value).type().hasRank() && graph.value(output).type().hasRank())
        editor.setType(value, graph.value(output).type());
    editor.replaceUses(output, value);
    editor.removeNode(node);
    return true;
}

bool absorb(ir::Editor& editor, ir::NodeId node, ir::ValueId value) {
    const auto output = editor.graph().node(node).output();
    const std::string name(output ? editor.graph().value(output).name() : "");
    if (!bypass(editor, node, value)) return false;
    if (editor.graph().value(value).name() != name) editor.setName(value, name);
    return true;
}

void supersede(ir::Editor& editor, ir::NodeId old, ir::NodeId made) {
    const auto& graph = editor.graph();
    const auto from = graph.node(old).output();
    const auto to = graph.node(made).output();
    editor.setType(to, graph.value(from).type());
    const std::string name(graph.node(old).name()), output(graph.value(from).name());
    editor.replaceUses(from, to);
    editor.removeNode(old);
    if (graph.node(made).name().empty() && !name.empty()) editor.setName(made, name);
    if (graph.value(to).name() != output) editor.setName(to, output);
}

ir::ValueId constantBeside(ir::Editor& editor, ir::ValueId sibling, tensor::Tensor tensor,
                           std::string_view hint) {
    const auto value = editor.graph().value(sibling);
    const auto name = editor.uniqueName(fmt::format("{}_{}", value.name(), hint));
    return editor.addConstant(std::move(tensor), name, value.subgraph());
}

tensor::Tensor tensorOf(tensor::DataType type, tensor::Dimensions shape, std::span<const double> values) {
    auto result = tensor::Tensor::zeros(type, shape);
    tensor::visitNumbers(
        type,
        [&](auto tag) {
            using T = typename decltype(tag)::type;
            auto out = result.template mutableValues<T>();
            for (size_t i = 0; i < out.size(); ++i) {
                if constexpr (std::is_integral_v<T>)
                    out[i] = static_cast<T>(std::nearbyint(values[i]));
                else
                    out[i] = static_cast<T>(values[i]);
            }
            return true;
        },
        false);
    return result;
}

}  // namespace lathe::passes
