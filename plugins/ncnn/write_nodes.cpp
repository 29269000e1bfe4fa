// One function for each kind of node; keys of parameters as in ncnn's "operation param weight table".
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plugins/ncnn/layer_writer.h"

namespace lathe::ncnn {
namespace {

// Spatial attribute with a default for each of two axes.
std::vector<int64_t> pairOf(const ir::Node& node, std::string_view name, int64_t otherwise) {
    auto list = node.attributes().integers(name);
    if (list.size() != 2) list.assign(2, otherwise);
    return list;
}

int64_t positive(int64_t axis, int64_t rank) { return axis < 0 ? axis + rank : axis; }

constexpr double kSameUpper = -233, kSameLower = -234;

}  // namespace

const std::map<std::string_view, LayerWriter::Handler>& LayerWriter::handlers() {
    static const std::map<std::string_view, Handler> kHandlers = {
        {"Add", &LayerWriter::binary},
        {"AveragePool", &LayerWriter::pool},
        {"BatchNormalization", &LayerWriter::batchNorm},
        {"Clip", &LayerWriter::clip},
        {"Concat", &LayerWriter::concat},
        {"Conv", &LayerWriter::convolution},
        {"Div", &LayerWriter::binary},
        {"Dropout", &LayerWriter::alias},
        {"Flatten", &LayerWriter::flatten},
        {"Gemm", &LayerWriter::gemm},
        {"GlobalAveragePool", &LayerWriter::globalPool},
        {"GlobalMaxPool", &LayerWriter::globalPool},
        {"HardSigmoid", &LayerWriter::simple},
        {"HardSwish", &LayerWriter::simple},
        {"Identity", &LayerWriter::alias},
        {"LRN", &LayerWriter::localNorm},
        {"LeakyRelu", &LayerWriter::leakyRelu},
        {"MatMul", &LayerWriter::gemm},
        {"Max", &LayerWriter::binary},
        {"MaxPool", &LayerWriter::pool},
        {"Min", &LayerWriter::binary},
        {"Mul", &LayerWriter::binary},
        {"Pad", &LayerWriter::padding},
        {"Pow", &LayerWriter::binary},
        {"ReduceMean", &LayerWriter::reduceMean},
        {"Relu", &LayerWriter::simple},
        {"Reshape", &LayerWriter::reshape},
        {"Resize", &LayerWriter::resize},
        {"Sigmoid", &LayerWriter::simple},
        {"Slice", &LayerWriter::slice},
        {"Softmax", &LayerWriter::softmax},
        {"Split", &LayerWriter::split},
        {"Squeeze", &LayerWriter::reshape},
        {"Sub", &LayerWriter::binary},
        {"Sum", &LayerWriter::sum},
        {"Tanh", &LayerWriter::simple},
        {"Transpose", &LayerWriter::transpose},
        {"Unsqueeze", &LayerWriter::reshape},
    };
    return kHandlers;
}

base::Status LayerWriter::alias(const ir::Node& node) {
    if (m_graph.value(node.input(0)).isConstant())
        return nodeError(node, "its input is a constant; optimise first");
    m_blobs[node.output()] = blobOf(node.input(0));
    return {};
}

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

base::Status LayerWriter::setPads(const ir::Node& node, Layer& layer, int left, int right, int top,
                                  int bottom) const {
    auto pads = node.attributes().integers("pads");
    if (pads.size() != 4) pads.assign(4, 0);  // top, left, bottom, right
    if (std::any_of(pads.begin(), pads.end(), [](int64_t p) { return p < 0; }))
        return nodeError(node, "negative padding has no place in ncnn");
    layer.set(left, static_cast<double>(pads[1]));
    layer.set(right, static_cast<double>(pads[3]));
    layer.set(top, static_cast<double>(pads[0]));
    layer.set(bottom, static_cast<double>(pads[2]));
    return {};
}

base::Status LayerWriter::convolution(const ir::Node& node) {
    const auto* weights = constant(node, 1);
    if (!weights || weights->rank() != 4)
        return nodeError(node, "ncnn needs constant weights of a two-dimensional convolution");
    const auto values = numbers(node, 1);
    if (!values) return values.error();
    base::Result<std::vector<float>> bias = std::vector<float>();
    if (node.input(2).valid()) bias = numbers(node, 2);
    if (!bias) return bias.error();
    const auto group = node.attributes().integer("group", 1);
    auto& layer = add(node, group == 1 ? "Convolution" : "ConvolutionDepthWise", {node.input(0)});
    const auto strides = pairOf(node, "strides", 1), dilations = pairOf(node, "dilations", 1);
    layer.set(0, static_cast<double>(weights->dimension(0)));
    layer.set(1, static_cast<double>(weights->dimension(3)));
    layer.set(11, static_cast<double>(weights->dimension(2)));
    layer.set(2, static_cast<double>(dilations[1]));
    layer.set(12, static_cast<double>(dilations[0]));
    layer.set(3, static_cast<double>(strides[1]));
    layer.set(13, static_cast<double>(strides[0]));
    const auto automatic = node.attributes().text("auto_pad", "NOTSET");
    if (automatic == "SAME_UPPER" || automatic == "SAME_LOWER")
        layer.set(4, automatic == "SAME_UPPER" ? kSameUpper : kSameLower);
    else if (auto s = setPads(node, layer, 4, 15, 14, 16); !s)
        return s;
    layer.set(5, bias->empty() ? 0 : 1);
    layer.set(6, static_cast<double>(values->size()));
    if (group != 1) layer.set(7, static_cast<double>(group));
    m_bin.tagged(*values);
    m_bin.plain(*bias);
    return {};
}

base::Status LayerWriter::gemm(const ir::Node& node) {
    const auto& attributes = node.attributes();
    const auto* weights = constant(node, 1);
    if (!weights || weights->rank() != 2 || rankOf(node.input(0)) != 2 ||
        attributes.integer("transA", 0) != 0)
        return nodeError(node, "ncnn multiplies [1, K] by a constant [K, M] only");
    const auto values = numbers(node, 1);
    if (!values) return values.error();
    const bool transposed = attributes.integer("transB", 0) != 0;
    const auto outputs = weights->dimension(transposed ? 0 : 1),
               inputs = weights->dimension(transposed ? 1 : 0);
    const float alpha = node.is("Gemm") ? attributes.real("alpha", 1) : 1;
    const float beta = node.is("Gemm") ? attributes.real("beta", 1) : 1;
    std::vector<float> rows(values->size());
    for (int64_t o = 0; o < outputs; ++o)
        for (int64_t i = 0; i < inputs; ++i)
            rows[static_cast<size_t>(o * inputs + i)] =
                alpha * (*values)[static_cast<size_t>(transposed ? o * inputs + i : i * outputs + o)];
    std::vector<float> bias;
    if (node.input(2).valid()) {
        const auto given = numbers(node, 2);
        if (!given) return given.error();
        if (given->size() != 1 && given->size() != static_cast<size_t>(outputs))
            return nodeError(node, "its bias does not have one number an output");
        for (int64_t o = 0; o < outputs; ++o)
            bias.push_back(beta * (*given)[given->size() == 1 ? 0 : static_cast<size_t>(o)]);
    }
    auto& layer = add(node, "InnerProduct", {node.input(0)});
    layer.set(0, static_cast<double>(outputs));
    layer.set(1, bias.empty() ? 0 : 1);
    layer.set(2, static_cast<double>(rows.size()));
    m_bin.tagged(rows);
    m_bin.plain(bias);
    return {};
}

base::Status LayerWriter::pool(const ir::Node& node) {
    const auto kernel = pairOf(node, "kernel_shape", 0), strides = pairOf(node, "strides", 1);
    const auto dilations = pairOf(node, "dilations", 1);
    if (rankOf(node.input(0)) != 4 || kernel[0] < 1 || dilations[0] != 1 || dilations[1] != 1 ||
        node.outputs().size() > 1)
        return nodeError(node, "ncnn pools pictures without dilation or indices");
    auto& layer = add(node, "Pooling", {node.input(0)});
    layer.set(0, node.is("AveragePool") ? 1 : 0);
    layer.set(1, static_cast<double>(kernel[1]));
    layer.set(11, static_cast<double>(kernel[0]));
    layer.set(2, static_cast<double>(strides[1]));
    layer.set(12, static_cast<double>(strides[0]));
    const auto automatic = node.attributes().text("auto_pad", "NOTSET");
    const bool same = automatic == "SAME_UPPER" || automatic == "SAME_LOWER";
    layer.set(5, same                                        ? (automatic == "SAME_UPPER" ? 2 : 3)
                 : node.attributes().integer("ceil_mode", 0) ? 0
                                                             : 1);
    if (!same)
        if (auto s = setPads(node, layer, 3, 14, 13, 15); !s) return s;
    if (node.is("AveragePool"))
        layer.set(6, static_cast<double>(node.attributes().integer("count_include_pad", 0)));
    return {};
}

base::Status LayerWriter::globalPool(const ir::Node& node) {
    if (rankOf(node.input(0)) != 4) return nodeError(node, "ncnn pools pictures only");
    auto& layer = add(node, "Pooling", {node.input(0)});
    layer.set(0, node.is("GlobalMaxPool") ? 0 : 1);
    layer.set(4, 1);
    return {};
}

base::Status LayerWriter::reduceMean(const ir::Node& node) {
    std::vector<int64_t> axes = node.attributes().integers("axes");
    if (const auto* tensor = constant(node, 1)) axes = tensor::toIntegers(*tensor);
    for (auto& axis : axes) axis = positive(axis, 4);
    std::sort(axes.begin(), axes.end());
    if (rankOf(node.input(0)) != 4 || axes != std::vector<int64_t>{2, 3})
        return nodeError(node, "ncnn takes the mean over height and width only");
    auto& layer = add(node, "Pooling", {node.input(0)});
    layer.set(0, 1);
    layer.set(4, 1);
    return {};
}

base::Status LayerWriter::batchNorm(const ir::Node& node) {
    std::vector<std::vector<float>> lists;  // scale, bias, mean, variance
    for (size_t i = 1; i <= 4; ++i) {
        auto values = numbers(node, i);
        if (!values) return values.error();
        lists.push_back(std::move(*values));
        if (lists.back().size() != lists[0].size()) return nodeError(node, "its weights differ in size");
    }
    auto& layer = add(node, "BatchNorm", {node.input(0)});
    layer.set(0, static_cast<double>(lists[0].size()));
    layer.setReal(1, static_cast<double>(node.attributes().real("epsilon", 1e-5f)));
    for (const size_t i : {size_t{0}, size_t{2}, size_t{3}, size_t{1}}) m_bin.plain(lists[i]);
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

base::Status LayerWriter::concat(const ir::Node& node) {
    const auto rank = rankOf(node.output());
    const auto axis = positive(node.attributes().integer("axis", 1), rank);
    if (rank < 2 || rank > 4 || axis < 1) return nodeError(node, "ncnn cannot join samples of a batch");
    for (size_t i = 0; i < node.inputs().size(); ++i)
        if (constant(node, i)) {
            const auto blob = constantBlob(node, node.input(i), rank);
            if (!blob) return blob.error();
        }
    add(node, "Concat", {node.inputs().begin(), node.inputs().end()}).set(0, static_cast<double>(axis - 1));
    return {};
}

// ncnn calls it Slice; its Split only hands one blob to several readers.
base::Status LayerWriter::split(const ir::Node& node) {
    const auto rank = rankOf(node.input(0));
    const auto axis = positive(node.attributes().integer("axis", 0), rank);
    if (rank < 2 || rank > 4 || axis < 1) return nodeError(node, "ncnn cannot part the samples of a batch");
    std::vector<double> sizes;
    for (const auto output : node.outputs()) {
        if (!output) return nodeError(node, "ncnn needs all pieces of a value");
        const auto shape = sampleShape(node, output);
        if (!shape) return shape.error();
        sizes.push_back(static_cast<double>((*shape)[static_cast<size_t>(axis - 1)]));
    }
    auto& layer = add(node, "Slice", {node.input(0)});
    layer.setList(0, std::move(sizes));
    layer.set(1, static_cast<double>(axis - 1));
    for (size_t i = 1; i < node.outputs().size(); ++i) layer.outputs.push_back(blobOf(node.output(i)));
    return {};
}

base::Status LayerWriter::flatten(const ir::Node& node) {
    const auto rank = rankOf(node.input(0));
    if (positive(node.attributes().integer("axis", 1), rank) != 1)
        return nodeError(node, "ncnn flattens from axis 1");
    add(node, "Flatten", {node.input(0)});
    return {};
}

base::Status LayerWriter::reshape(const ir::Node& node) {
    const auto shape = sampleShape(node, node.output());
    if (!shape) return shape.error();
    auto& layer = add(node, "Reshape", {node.input(0)});
    for (size_t i = 0; i < shape->size(); ++i)
        layer.set(static_cast<int>(i), static_cast<double>((*shape)[shape->size() - 1 - i]));
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

base::Status LayerWriter::localNorm(const ir::Node& node) {
    auto& layer = add(node, "LRN", {node.input(0)});
    layer.set(0, 0);
    layer.set(1, static_cast<double>(node.attributes().integer("size", 1)));
    layer.setReal(2, static_cast<double>(node.attributes().real("alpha", 1e-4f)));
    layer.setReal(3, static_cast<double>(node.attributes().real("beta", 0.75f)));
    layer.setReal(4, static_cast<double>(node.attributes().real("bias", 1)));
    return {};
}

base::Status LayerWriter::padding(const ir::Node& node) {
    static const std::map<std::string_view, int> kModes = {{"constant", 0}, {"edge", 1}, {"reflect", 2}};
    const auto mode = kModes.find(node.attributes().text("mode", "constant"));
    const auto* pads = constant(node, 1);
    if (mode == kModes.end() || !pads || pads->elementCount() != 8 || node.input(3).valid())
        return nodeError(node, "ncnn needs constant padding of a picture");
    const auto p = tensor::toIntegers(*pads);  // begins, then ends, of N, C, H, W
    if (p[0] != 0 || p[4] != 0 || std::any_of(p.begin(), p.end(), [](int64_t v) { return v < 0; }))
        return nodeError(node, "ncnn pads channels, height and width only");
    double value = 0;
    if (node.input(2).valid()) {
        const auto given = numbers(node, 2);
        if (!given) return given.error();
        if (!given->empty()) value = static_cast<double>((*given)[0]);
    }
    auto& layer = add(node, "Padding", {node.input(0)});
    layer.set(0, static_cast<double>(p[2]));
    layer.set(1, static_cast<double>(p[6]));
    layer.set(2, static_cast<double>(p[3]));
    layer.set(3, static_cast<double>(p[7]));
    layer.set(4, mode->second);
    layer.setReal(5, value);
    layer.set(7, static_cast<double>(p[1]));
    layer.set(8, static_cast<double>(p[5]));
    return {};
}

base::Status LayerWriter::resize(const ir::Node& node) {
    const auto& attributes = node.attributes();
    const auto mode = attributes.text("mode", "nearest");
    const auto coordinates = attributes.text("coordinate_transformation_mode", "half_pixel");
    const auto shape = sampleShape(node, node.output());
    const auto before = sampleShape(node, node.input(0));
    if (!shape) return shape.error();
    if (!before) return before.error();
    if (shape->size() != 3 || (*shape)[0] != (*before)[0])
        return nodeError(node, "ncnn resizes pictures only");
    const bool whole = (*shape)[1] % (*before)[1] == 0 && (*shape)[2] % (*before)[2] == 0;
    const bool nearest =
        mode == "nearest" &&
        (whole || (coordinates == "asymmetric" && attributes.text("nearest_mode", "") == "floor"));
    const bool aligned = coordinates == "align_corners";
    const bool linear = mode == "linear" && (aligned || coordinates == "half_pixel");
    if (!nearest && !linear)
        return nodeError(
            node, fmt::format("ncnn does not resize with mode {} and coordinates {}", mode, coordinates));
    auto& layer = add(node, "Interp", {node.input(0)});
    layer.set(0, nearest ? 1 : 2);
    layer.setReal(1, static_cast<double>((*shape)[1]) / static_cast<double>((*before)[1]));
    layer.setReal(2, static_cast<double>((*shape)[2]) / static_cast<double>((*before)[2]));
    layer.set(3, static_cast<double>((*shape)[1]));
    layer.set(4, static_cast<double>((*shape)[2]));
    layer.set(6, linear && aligned ? 1 : 0);
    return {};
}

// Every k-th row or column is a maximum over one pixel with that stride; a range is a crop.
base::Status LayerWriter::slice(const ir::Node& node) {
    const auto* starts = constant(node, 1);
    const auto* ends = constant(node, 2);
    const auto* axes = constant(node, 3);
    const auto* steps = constant(node, 4);
    const auto before = sampleShape(node, node.input(0));
    if (!before) return before.error();
    const auto count = starts ? starts->elementCount() : 0;
    if (!starts || !ends || ends->elementCount() != count || (node.input(3).valid() && !axes) ||
        (node.input(4).valid() && !steps) || (axes && axes->elementCount() != count) ||
        (steps && steps->elementCount() != count))
        return nodeError(node, "ncnn needs constant bounds");
    const auto rank = static_cast<int64_t>(before->size()) + 1;
    std::vector<double> from, to, over;
    int64_t strides[] = {1, 1};  // rows, columns
    for (int64_t i = 0; i < count; ++i) {
        const auto axis = positive(axes ? axes->integerAt(i) : i, rank);
        const auto step = steps ? steps->integerAt(i) : 1;
        const auto start = starts->integerAt(i), end = ends->integerAt(i);
        if (axis < 1 || axis >= rank || step < 1)
            return nodeError(node, "ncnn cannot cut the batch or go backwards");
        const auto size = (*before)[static_cast<size_t>(axis - 1)];
        const auto first = std::clamp<int64_t>(start < 0 ? start + size : start, 0, size);
        const auto last = std::clamp<int64_t>(end < 0 ? end + size : end, 0, size);
        if (first >= last) return nodeError(node, "nothing would be left");
        if (step > 1 && (rank != 4 || axis < 2)) return nodeError(node, "ncnn skips rows and columns only");
        if (step > 1) strides[axis - 2] = step;
        if (first == 0 && last == size) continue;
        from.push_back(static_cast<double>(first));
        to.push_back(static_cast<double>(last));
        over.push_back(static_cast<double>(axis - 1));
    }
    const bool strided = strides[0] > 1 || strides[1] > 1;
    if (strided && !over.empty()) return nodeError(node, "ncnn cannot cut and skip at once");
    if (strided) {
        auto& layer = add(node, "Pooling", {node.input(0)});
        layer.set(0, 0);
        layer.set(1, 1);
        layer.set(2, static_cast<double>(strides[1]));
        layer.set(12, static_cast<double>(strides[0]));
        layer.set(5, 1);
        return {};
    }
    if (over.empty()) return alias(node);
    auto& layer = add(node, "Crop", {node.input(0)});
    layer.setList(9, from);
    layer.setList(10, to);
    layer.setList(11, over);
    return {};
}

base::Status LayerWriter::transpose(const ir::Node& node) {
    static const std::map<std::vector<int64_t>, int> kOrders = {
        {{0, 1, 2, 3}, 0}, {{0, 1, 3, 2}, 1}, {{0, 2, 1, 3}, 2}, {{0, 2, 3, 1}, 3}, {{0, 3, 1, 2}, 4},
        {{0, 3, 2, 1}, 5}, {{0, 1, 2}, 0},    {{0, 2, 1}, 1},    {{0, 1}, 0}};
    const auto it = kOrders.find(node.attributes().integers("perm"));
    if (it == kOrders.end()) return nodeError(node, "ncnn cannot move the batch axis");
    add(node, "Permute", {node.input(0)}).set(0, it->second);
    return {};
}

}  // namespace lathe::ncnn
