#include "engine/passes/conv_rows.h"

#include <algorithm>
#include <array>

#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

size_t rowBytes(const tensor::Tensor& tensor) {
    return tensor.bytes().size() / static_cast<size_t>(tensor.dimension(0));
}

tensor::Tensor takeRows(const tensor::Tensor& tensor, std::span<const int64_t> rows) {
    auto shape = tensor.shape();
    shape[0] = static_cast<int64_t>(rows.size());
    auto result = tensor::Tensor::zeros(tensor.type(), shape);
    const auto size = rowBytes(tensor);
    auto target = result.mutableBytes();
    for (size_t i = 0; i < rows.size(); ++i)
        std::ranges::copy(tensor.bytes().subspan(static_cast<size_t>(rows[i]) * size, size),
                          target.subspan(i * size).begin());
    return result;
}

tensor::Tensor stack(std::span<const tensor::Tensor> parts) {
    auto shape = parts[0].shape();
    shape[0] = 0;
    for (const auto& part : parts) shape[0] += part.dimension(0);
    auto result = tensor::Tensor::zeros(parts[0].type(), shape);
    auto target = result.mutableBytes();
    for (const auto& part : parts) {
        std::ranges::copy(part.bytes(), target.begin());
        target = target.subspan(part.bytes().size());
    }
    return result;
}

}  // namespace

std::optional<ConvRows> convRows(const ir::Graph& graph, ir::NodeId conv) {
    const auto node = graph.node(conv);
    if (!node.is("Conv") || !node.input(0) || !node.output()) return {};
    const auto* weights = constantInput(graph, conv, 1);
    if (!weights || weights->empty() || weights->rank() < 3 || !tensor::isFloat(weights->type()) ||
        tensor::isPacked(weights->type()))
        return {};
    ConvRows rows{*weights, tensor::Tensor::zeros(weights->type(), std::array{weights->dimension(0)}), false,
                  node.attributes().integer("group", 1)};
    if (!node.input(2)) return rows;
    const auto* bias = constantInput(graph, conv, 2);
    if (!bias || bias->type() != weights->type() || bias->shape() != rows.bias.shape()) return {};
    rows.bias = *bias;
    rows.hasBias = true;
    return rows;
}

bool sameWindow(const ir::Graph& graph, ir::NodeId a, ir::NodeId b) {
    const auto *first = constantInput(graph, a, 1), *second = constantInput(graph, b, 1);
    return first && second && first->type() == second->type() && first->rank() == second->rank() &&
           std::equal(first->shape().begin() + 1, first->shape().end(), second->shape().begin() + 1) &&
           graph.node(a).attributes() == graph.node(b).attributes();
}

bool isPointwise(const ir::Graph& graph, ir::NodeId conv) {
    const auto* weights = constantInput(graph, conv, 1);
    const auto& attributes = graph.node(conv).attributes();
    if (!weights || weights->rank() < 3) return false;
    const auto pads = attributes.integers("pads");
    return attributes.text("auto_pad", "NOTSET") == "NOTSET" &&
           std::all_of(weights->shape().begin() + 2, weights->shape().end(),
                       [](int64_t size) { return size == 1; }) &&
           std::all_of(pads.begin(), pads.end(), [](int64_t pad) { return pad == 0; });
}

ConvRows stacked(std::span<const ConvRows> parts) {
    ConvRows rows{{}, {}, false, parts[0].group};
    std::vector<tensor::Tensor> weights, biases;
    for (const auto& part : parts) {
        weights.push_back(part.weights);
        biases.push_back(part.bias);
        rows.hasBias = rows.hasBias || part.hasBias;
    }
    rows.weights = stack(weights);
    rows.bias = stack(biases);
    return rows;
}

ConvRows reordered(const ConvRows& rows, std::span<const int64_t> order) {
    return {takeRows(rows.weights, order), takeRows(rows.bias, order), rows.hasBias, rows.group};
}

ir::NodeId addConv(ir::Editor& editor, ir::NodeId model, ir::ValueId x, const ConvRows& rows,
                   ir::NodeList origins) {
    const auto& graph = editor.graph();
    auto attributes = graph.node(model).attributes();
    if (rows.group != 1 || attributes.has("group")) attributes.set("group", rows.group);
    std::vector<ir::ValueId> inputs{
        x, constantBeside(editor, graph.node(model).input(1), rows.weights, "joined")};
    if (rows.hasBias) inputs.push_back(constantBeside(editor, inputs[1], rows.bias, "bias"));
    const auto conv = editor.addNode({.op = "Conv",
                                      .inputs = inputs,
                                      .attributes = attributes,
                                      .name = graph.node(model).name(),
                                      .origins = std::move(origins),
                                      .subgraph = graph.node(model).subgraph()});
    auto type = graph.value(graph.node(model).output()).type();
    if (type.shape && type.shape->size() > 1) (*type.shape)[1] = rows.weights.dimension(0);
    editor.setType(graph.node(conv).output(), type);
    return conv;
}

}  // namespace lathe::passes
