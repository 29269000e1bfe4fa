// Nodes that only move elements; keys of parameters as in ncnn's "operation param weight table".
#include "plugins/ncnn/layer_writer.h"

namespace lathe::ncnn {

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
