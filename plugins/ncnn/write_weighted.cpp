// Nodes with weights; keys of parameters as in ncnn's "operation param weight table".
#include <algorithm>

#include "plugins/ncnn/layer_writer.h"

namespace lathe::ncnn {

namespace {

constexpr double kSameUpper = -233, kSameLower = -234;

}  // namespace

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

}  // namespace lathe::ncnn
