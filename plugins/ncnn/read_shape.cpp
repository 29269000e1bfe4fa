// Layers that only move elements; keys of parameters as in ncnn's "operation param weight table".
#include <fmt/format.h>

#include <cmath>

#include "plugins/ncnn/layer_reader.h"

namespace lathe::ncnn {

base::Status LayerReader::concat(const Layer& layer) {
    std::vector<ir::ValueId> inputs;
    const auto first = in(layer, 0);
    if (!first) return first.error();
    bool allSpread = true;
    for (size_t i = 0; i < layer.inputs.size(); ++i) {
        const auto x = in(layer, i);
        if (!x) return x.error();
        if (x->dims != first->dims) return error(layer, "its inputs have different numbers of dimensions");
        allSpread = allSpread && x->spread;
    }
    const auto axis = layer.integer(0, 0);
    if (axis >= first->dims || axis < -first->dims)
        return error(layer, fmt::format("axis {} is not there", axis));
    for (size_t i = 0; i < layer.inputs.size(); ++i) {
        const auto x = first->dims == 1 && !allSpread ? asVector(layer, i) : in(layer, i);
        if (!x) return x.error();
        inputs.push_back(x->value);
    }
    const int64_t onnxAxis = (axis < 0 ? axis + first->dims : axis) + 1;
    return set(layer, {.op = "Concat", .inputs = inputs, .attributes = {{"axis", onnxAxis}}}, first->dims,
               first->dims == 1 && allSpread);
}

base::Status LayerReader::reshape(const Layer& layer) {
    const auto x = in(layer, 0);
    if (!x) return x.error();
    if (layer.integer(3, 0) != 0 || layer.integer(11, kAbsent) != kAbsent)
        return error(layer, "a permuting or four-dimensional reshape is not read");
    std::vector<int64_t> shape = {1};
    for (const int key : {2, 1, 0}) {
        const auto size = layer.integer(key, kAbsent);
        if (size == kAbsent) continue;
        if (size != -1 && !isSize(size)) return error(layer, fmt::format("a size of {}", size));
        shape.push_back(size);
    }
    if (shape.size() < 2) return error(layer, "it has no shape");
    const int dims = static_cast<int>(shape.size()) - 1;
    return set(layer, {.op = "Reshape", .inputs = {x->value, integers(layer, "shape", shape)}}, dims);
}

base::Status LayerReader::flatten(const Layer& layer) {
    const auto x = in(layer, 0);
    if (!x) return x.error();
    return set(layer, {.op = "Flatten", .inputs = {x->value}, .attributes = {{"axis", int64_t{1}}}}, 1);
}

base::Status LayerReader::crop(const Layer& layer) {
    const auto x = in(layer, 0);
    if (!x) return x.error();
    const auto whole = [](const std::vector<double>& list, int64_t more) {
        std::vector<int64_t> result;
        result.reserve(list.size());
        for (const double number : list)
            result.push_back(std::abs(number) < 9e15 ? static_cast<int64_t>(number) + more : 0);
        return result;
    };
    const auto starts = whole(layer.list(9), 0), axes = whole(layer.list(11), 1);
    auto ends = whole(layer.list(10), 0);
    for (auto& end : ends)
        if (end == kAbsent) end = INT64_MAX;  // to the end
    if (starts.empty() || starts.size() != ends.size() || starts.size() != axes.size() || x->dims == 1)
        return error(layer, "only a crop by starts, ends and axes of a picture is read");
    for (const auto axis : axes)
        if (axis < 1 || axis > x->dims) return error(layer, fmt::format("axis {} is not there", axis - 1));
    return set(layer,
               {.op = "Slice",
                .inputs = {x->value, integers(layer, "starts", starts), integers(layer, "ends", ends),
                           integers(layer, "axes", axes)}},
               x->dims);
}

base::Status LayerReader::slice(const Layer& layer) {
    const auto x = in(layer, 0);
    if (!x) return x.error();
    std::vector<int64_t> sizes;
    for (const double size : layer.list(0)) {
        if (!(size >= 1 && size < static_cast<double>(kMostSize)))
            return error(layer, "only pieces of given sizes are read");
        sizes.push_back(static_cast<int64_t>(size));
    }
    const auto axis = layer.integer(1, 0);
    if (sizes.empty() || sizes.size() != layer.outputs.size())
        return error(layer, fmt::format("{} sizes for {} pieces", sizes.size(), layer.outputs.size()));
    if (axis < 0 || axis >= x->dims || x->spread)
        return error(layer, fmt::format("axis {} is not there", axis));
    const auto name = m_editor.uniqueName(layer.name);
    const auto split = m_editor.addNode({.op = "Split",
                                         .inputs = {x->value, integers(layer, "sizes", sizes)},
                                         .attributes = {{"axis", axis + 1}},
                                         .name = name,
                                         .outputCount = sizes.size()});
    for (size_t i = 0; i < sizes.size(); ++i) {
        const auto piece = m_editor.graph().node(split).output(i);
        m_editor.setName(piece, m_editor.uniqueName(layer.outputs[i]));
        if (auto status = setBlob(layer, i, {piece, x->dims}); !status.ok()) return status;
    }
    return {};
}

base::Status LayerReader::permute(const Layer& layer) {
    const auto x = in(layer, 0);
    if (!x) return x.error();
    static const std::vector<std::vector<int64_t>> kOrders = {{0, 1, 2, 3}, {0, 1, 3, 2}, {0, 2, 1, 3},
                                                              {0, 2, 3, 1}, {0, 3, 1, 2}, {0, 3, 2, 1}};
    const auto type = layer.integer(0, 0);
    std::vector<int64_t> order;
    if (x->dims == 3 && type >= 0 && type < 6) order = kOrders[static_cast<size_t>(type)];
    if (x->dims == 2 && (type == 0 || type == 1))
        order = type == 0 ? std::vector<int64_t>{0, 1, 2} : std::vector<int64_t>{0, 2, 1};
    if (order.empty()) return error(layer, fmt::format("order {} does not fit {} dimensions", type, x->dims));
    return set(layer, {.op = "Transpose", .inputs = {x->value}, .attributes = {{"perm", order}}}, x->dims);
}

}  // namespace lathe::ncnn
