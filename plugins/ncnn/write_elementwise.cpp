// Nodes that compute each element; keys of parameters as in ncnn's "operation param weight table".
#include "plugins/ncnn/layer_writer.h"

namespace lathe::ncnn {

base::Status LayerWriter::simple(const ir::Node& node) {
    static const std::map<std::string_view, std::string_view> kTypes = {{"HardSigmoid", "HardSigmoid"},
                                                                        {"HardSwish", "HardSwish"},
                                                                        {"Relu", "ReLU"},
                                                                        {"Sigmoid", "Sigmoid"},
                                                                        {"Tanh", "TanH"}};
    auto& layer = add(node, kTypes.at(node.op()), {node.input(0)});
    const bool swish = node.is("HardSwish");
    if (swish || node.is("HardSigmoid")) {
        layer.setReal(0, swish ? 1.0 / 6 : static_cast<double>(node.attributes().real("alpha", 0.2f)));
        layer.setReal(1, swish ? 0.5 : static_cast<double>(node.attributes().real("beta", 0.5f)));
    }
    return {};
}

base::Status LayerWriter::leakyRelu(const ir::Node& node) {
    add(node, "ReLU", {node.input(0)})
        .setReal(0, static_cast<double>(node.attributes().real("alpha", 0.01f)));
    return {};
}

base::Status LayerWriter::clip(const ir::Node& node) {
    double bounds[] = {-3.4028234663852886e38, 3.4028234663852886e38};
    for (size_t i = 0; i < 2; ++i) {
        if (!node.input(i + 1).valid()) continue;
        const auto values = numbers(node, i + 1);
        if (!values) return values.error();
        if (values->size() != 1) return nodeError(node, "its bounds must be single numbers");
        bounds[i] = static_cast<double>((*values)[0]);
    }
    auto& layer = add(node, "Clip", {node.input(0)});
    layer.setReal(0, bounds[0]);
    layer.setReal(1, bounds[1]);
    return {};
}

base::Status LayerWriter::binary(const ir::Node& node) {
    // With the operands exchanged: a - b becomes "b rsub a".
    static const std::map<std::string_view, std::pair<int, int>> kTypes = {
        {"Add", {0, 0}}, {"Sub", {1, 7}}, {"Mul", {2, 2}}, {"Div", {3, 8}},
        {"Max", {4, 4}}, {"Min", {5, 5}}, {"Pow", {6, 9}}};
    const auto [type, exchanged] = kTypes.at(node.op());
    if (node.inputs().size() != 2) return nodeError(node, "ncnn takes two operands");
    const auto *a = constant(node, 0), *b = constant(node, 1);
    if (a && b) return nodeError(node, "both operands are constants; optimise first");
    if (const auto* scalar = a ? a : b; scalar && scalar->elementCount() == 1) {
        auto& layer = add(node, "BinaryOp", {node.input(a ? 1 : 0)});
        layer.set(0, a ? exchanged : type);
        layer.set(1, 1);
        layer.setReal(2, scalar->realAt(0));
        return {};
    }
    for (const size_t i : {size_t{0}, size_t{1}})
        if (constant(node, i)) {
            const auto blob = constantBlob(node, node.input(i), rankOf(node.input(1 - i)));
            if (!blob) return blob.error();
        }
    if (!a && !b && rankOf(node.input(0)) != rankOf(node.input(1)))
        return nodeError(node, "its operands have different ranks");
    add(node, "BinaryOp", {node.input(0), node.input(1)}).set(0, type);
    return {};
}

base::Status LayerWriter::sum(const ir::Node& node) {
    for (size_t i = 0; i < node.inputs().size(); ++i)
        if (constant(node, i)) return nodeError(node, "an operand is a constant");
    add(node, "Eltwise", {node.inputs().begin(), node.inputs().end()}).set(0, 1);
    return {};
}

base::Status LayerWriter::softmax(const ir::Node& node) {
    const auto rank = rankOf(node.input(0));
    const auto axis = positive(node.attributes().integer("axis", -1), rank);
    if (rank < 2 || rank > 4 || axis < 1) return nodeError(node, "ncnn cannot take it over the batch");
    auto& layer = add(node, "Softmax", {node.input(0)});
    layer.set(0, static_cast<double>(axis - 1));
    layer.set(1, 1);
    return {};
}

}  // namespace lathe::ncnn
