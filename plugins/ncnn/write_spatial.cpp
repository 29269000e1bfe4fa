// Nodes that look at the neighbours in a picture;
// keys of parameters as in ncnn's "operation param weight table".
#include <fmt/format.h>

#include <algorithm>

#include "plugins/ncnn/layer_writer.h"

namespace lathe::ncnn {

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

}  // namespace lathe::ncnn
