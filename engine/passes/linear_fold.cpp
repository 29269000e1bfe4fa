#include "engine/passes/linear_fold.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/passes/support.h"

namespace lathe::passes {

namespace {

enum class Kind { none, conv, convTranspose, gemm, matmul };

Kind kindOf(ir::Node node) {
    if (!node.domain().empty()) return Kind::none;
    if (node.op() == "Conv") return Kind::conv;
    if (node.op() == "ConvTranspose") return Kind::convTranspose;
    if (node.op() == "Gemm") return Kind::gemm;
    if (node.op() == "MatMul") return Kind::matmul;
    return Kind::none;
}

// The weights and where each element's channels are.
struct Linear {
    Kind kind = Kind::none;
    tensor::Tensor weights;
    int64_t groups = 1;
    int64_t inputs = 0, outputs = 0;
    bool rowsAreOutputs = false;  // Gemm with transB

    // Output and input channel of the weight at a flat index.
    std::pair<int64_t, int64_t> channelsOf(int64_t index) const {
        const auto& shape = weights.shape();
        if (kind == Kind::gemm || kind == Kind::matmul) {
            const auto row = index / shape[1], column = index % shape[1];
            return rowsAreOutputs ? std::pair{row, column} : std::pair{column, row};
        }
        const auto inner = weights.elementCount() / (shape[0] * shape[1]);
        const auto first = index / (inner * shape[1]), second = index / inner % shape[1];
        const auto group = first / (shape[0] / groups);
        if (kind == Kind::conv) return {first, group * shape[1] + second};
        return {group * shape[1] + second, first};
    }
};

std::optional<Linear> linearOf(const ir::Editor& editor, ir::NodeId id) {
    const auto& graph = editor.graph();
    const auto node = graph.node(id);
    Linear linear;
    linear.kind = kindOf(node);
    const auto* weights = linear.kind == Kind::none ? nullptr : constantInput(graph, id, 1);
    if (!weights || weights->empty() || !editor.hasOneUse(node.input(1))) return {};
    using enum tensor::DataType;
    if (weights->type() != float32 && weights->type() != float64) return {};
    linear.weights = weights->aligned();
    const auto& shape = weights->shape();
    if (linear.kind == Kind::gemm || linear.kind == Kind::matmul) {
        if (shape.size() != 2) return {};
        linear.rowsAreOutputs = linear.kind == Kind::gemm && node.attributes().integer("transB", 0) != 0;
        linear.outputs = shape[linear.rowsAreOutputs ? 0 : 1];
        linear.inputs = shape[linear.rowsAreOutputs ? 1 : 0];
        return linear;
    }
    linear.groups = node.attributes().integer("group", 1);
    if (shape.size() < 3 || linear.groups < 1 || shape[0] % linear.groups != 0) return {};
    linear.outputs = linear.kind == Kind::conv ? shape[0] : shape[1] * linear.groups;
    linear.inputs = linear.kind == Kind::conv ? shape[1] * linear.groups : shape[0];
    return linear;
}

LinearChannels channelsAt(const Linear& linear, int64_t count) {
    const bool matrix = linear.kind == Kind::gemm || linear.kind == Kind::matmul;
    return {count, matrix ? 0 : linear.weights.rank() - 2};
}

// The bias as one number an output channel, beta included; zeros when there is none.
std::optional<std::vector<double>> biasOf(const ir::Graph& graph, ir::Node node, const Linear& linear) {
    std::vector<double> bias(static_cast<size_t>(linear.outputs), 0.0);
    if (linear.kind == Kind::matmul || !node.input(2)) return bias;
    auto given = perChannel(graph, node.input(2), {linear.outputs, 0});
    if (!given) return {};
    const double beta =
        linear.kind == Kind::gemm ? static_cast<double>(node.attributes().real("beta", 1)) : 1;
    for (auto& number : *given) number *= beta;
    return given;
}

bool allFinite(const std::vector<double>& numbers, tensor::DataType type) {
    const double most = type == tensor::DataType::float32
                            ? static_cast<double>(std::numeric_limits<float>::max())
                            : std::numeric_limits<double>::max();
    return std::all_of(numbers.begin(), numbers.end(), [&](double x) { return std::fabs(x) <= most; });
}

// Writes weights and bias back; nothing is written unless all is finite.
bool write(ir::Editor& editor, ir::NodeId id, const Linear& linear, const std::vector<double>& weights,
           const std::vector<double>& bias) {
    const auto type = linear.weights.type();
    if (!allFinite(weights, type) || !allFinite(bias, type)) return false;
    const auto node = editor.graph().node(id);
    const bool needsBias =
        node.input(2) || std::any_of(bias.begin(), bias.end(), [](double b) { return b != 0; });
    if (needsBias && linear.kind == Kind::matmul) return false;
    const auto old = node.input(1);
    const auto folded =
        constantBeside(editor, old, tensorOf(type, linear.weights.shape(), weights), "folded");
    editor.setInput(id, 1, folded);
    if (needsBias) {
        const auto sibling = node.input(2) ? node.input(2) : folded;
        const auto value =
            constantBeside(editor, sibling, tensorOf(type, std::array{linear.outputs}, bias), "bias");
        editor.setInput(id, 2, value);
        if (linear.kind == Kind::gemm) editor.removeAttribute(id, "beta");
    }
    return true;
}

bool isUnpadded(ir::Node node) {
    const auto automatic = node.attributes().text("auto_pad", "NOTSET");
    if (automatic == "VALID") return true;
    if (automatic != "NOTSET") return false;
    const auto pads = node.attributes().integers("pads");
    return std::all_of(pads.begin(), pads.end(), [](int64_t pad) { return pad == 0; });
}

}  // namespace

std::optional<LinearChannels> outputChannels(const ir::Editor& editor, ir::NodeId node) {
    const auto linear = linearOf(editor, node);
    if (!linear) return {};
    return channelsAt(*linear, linear->outputs);
}

std::optional<LinearChannels> inputChannels(const ir::Editor& editor, ir::NodeId node) {
    const auto linear = linearOf(editor, node);
    if (!linear) return {};
    return channelsAt(*linear, linear->inputs);
}

std::optional<std::vector<double>> perChannel(const ir::Graph& graph, ir::ValueId value,
                                              const LinearChannels& channels) {
    const auto* constant = value ? graph.value(value).constant() : nullptr;
    if (!constant || !tensor::isFloat(constant->type()) || constant->empty()) return {};
    for (int64_t i = 0; i < constant->rank(); ++i) {
        const auto dimension = constant->dimension(static_cast<size_t>(constant->rank() - 1 - i));
        if (dimension != 1 && (i != channels.fromEnd || dimension != channels.count)) return {};
    }
    auto numbers = tensor::toReals(constant->aligned());
    if (numbers.size() == 1) numbers.assign(static_cast<size_t>(channels.count), numbers[0]);
    return numbers;
}

bool foldAfter(ir::Editor& editor, ir::NodeId id, const ChannelAffine& affine) {
    const auto linear = linearOf(editor, id);
    if (!linear) return false;
    auto bias = biasOf(editor.graph(), editor.graph().node(id), *linear);
    if (!bias) return false;
    auto weights = tensor::toReals(linear->weights);
    if (!affine.scale.empty()) {
        for (size_t i = 0; i < weights.size(); ++i)
            weights[i] *=
                affine.scale[static_cast<size_t>(linear->channelsOf(static_cast<int64_t>(i)).first)];
        for (size_t o = 0; o < bias->size(); ++o) (*bias)[o] *= affine.scale[o];
    }
    for (size_t o = 0; o < affine.shift.size(); ++o) (*bias)[o] += affine.shift[o];
    return write(editor, id, *linear, weights, *bias);
}

bool foldBefore(ir::Editor& editor, ir::NodeId id, const ChannelAffine& affine) {
    const auto linear = linearOf(editor, id);
    const auto node = editor.graph().node(id);
    if (!linear || node.attributes().integer("transA", 0) != 0) return false;
    auto bias = biasOf(editor.graph(), node, *linear);
    if (!bias) return false;
    const bool shifts =
        std::any_of(affine.shift.begin(), affine.shift.end(), [](double shift) { return shift != 0; });
    if (shifts && (linear->kind == Kind::convTranspose || linear->kind == Kind::matmul)) return false;
    // Padding puts zeros after the shift, which the bias cannot tell apart.
    if (shifts && linear->kind == Kind::conv && !isUnpadded(node)) return false;
    const double alpha =
        linear->kind == Kind::gemm ? static_cast<double>(node.attributes().real("alpha", 1)) : 1;
    auto weights = tensor::toReals(linear->weights);
    for (size_t i = 0; i < weights.size(); ++i) {
        const auto [output, input] = linear->channelsOf(static_cast<int64_t>(i));
        if (shifts)
            (*bias)[static_cast<size_t>(output)] +=
                alpha * weights[i] * affine.shift[static_cast<size_t>(input)];
        if (!affine.scale.empty()) weights[i] *= affine.scale[static_cast<size_t>(input)];
    }
    return write(editor, id, *linear, weights, *bias);
}

}  // namespace lathe::passes
