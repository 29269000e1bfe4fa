// Layers that look at the neighbours in a picture;
// keys of parameters as in ncnn's "operation param weight table".
#include <fmt/format.h>

#include "plugins/ncnn/layer_reader.h"

namespace lathe::ncnn {

base::Status LayerReader::pool(const Layer& layer) {
    const auto x = asPicture(layer, 0);
    if (!x) return x.error();
    const bool average = layer.integer(0, 0) == 1;
    if (layer.integer(0, 0) > 1 || layer.integer(0, 0) < 0)
        return error(layer, "this kind of pooling is not known");
    const bool toOne = layer.integer(7, 0) != 0 && layer.integer(8, 0) == 1 && layer.integer(18, 1) == 1;
    if (layer.integer(7, 0) != 0 && !toOne)
        return error(layer, "adaptive pooling is only read for one value");
    if (layer.integer(4, 0) != 0 || toOne)
        return set(layer, {.op = average ? "GlobalAveragePool" : "GlobalMaxPool", .inputs = {x->value}},
                   toOne ? 3 : 1, !toOne);
    const int64_t kw = layer.integer(1, 0), kh = layer.integer(11, kw);
    const int64_t sw = layer.integer(2, 1), sh = layer.integer(12, sw);
    for (const auto number : {kw, kh, sw, sh})
        if (!isSize(number)) return error(layer, fmt::format("a parameter is {}", number));
    ir::Attributes attributes = {{"kernel_shape", std::vector<int64_t>{kh, kw}},
                                 {"strides", std::vector<int64_t>{sh, sw}}};
    const auto mode = layer.integer(5, 0);
    const int64_t left = layer.integer(3, 0), right = layer.integer(14, left);
    const int64_t top = layer.integer(13, left), bottom = layer.integer(15, top);
    if (mode == 2 || mode == 3) {
        attributes.set("auto_pad", std::string(mode == 2 ? "SAME_UPPER" : "SAME_LOWER"));
    } else {
        for (const auto pad : {left, right, top, bottom})
            if (pad < 0 || pad >= kMostSize) return error(layer, fmt::format("padding of {}", pad));
        attributes.set("pads", std::vector<int64_t>{top, left, bottom, right});
        if (mode == 0) attributes.set("ceil_mode", int64_t{1});
    }
    if (average) attributes.set("count_include_pad", int64_t{layer.integer(6, 0) != 0 ? 1 : 0});
    return set(layer,
               {.op = average ? "AveragePool" : "MaxPool",
                .inputs = {x->value},
                .attributes = std::move(attributes)},
               x->dims, x->spread);
}

base::Status LayerReader::localNorm(const Layer& layer) {
    const auto x = in(layer, 0);
    if (!x) return x.error();
    if (layer.integer(0, 0) != 0 || x->dims != 3)
        return error(layer, "only normalisation across channels is read");
    const auto size = layer.integer(1, 5);
    if (!isSize(size)) return error(layer, fmt::format("a size of {}", size));
    return set(layer,
               {.op = "LRN",
                .inputs = {x->value},
                .attributes = {{"size", size},
                               {"alpha", static_cast<float>(layer.real(2, 1))},
                               {"beta", static_cast<float>(layer.real(3, 0.75))},
                               {"bias", static_cast<float>(layer.real(4, 1))}}},
               3);
}

base::Status LayerReader::interp(const Layer& layer) {
    const auto x = asPicture(layer, 0);
    if (!x) return x.error();
    const auto type = layer.integer(0, 0);
    if (type != 1 && type != 2) return error(layer, fmt::format("resize type {} is not read", type));
    const int64_t height = layer.integer(3, 0), width = layer.integer(4, 0);
    const double scaleHeight = layer.real(1, 1), scaleWidth = layer.real(2, 1);
    std::vector<ir::ValueId> inputs = {x->value, {}};
    if (isSize(height) && isSize(width)) {
        // The number of channels is not known here: the sizes of a picture alone, by axes.
        inputs.push_back({});
        inputs.push_back(integers(layer, "sizes", {height, width}));
    } else if (scaleHeight > 0 && scaleWidth > 0 && scaleHeight < 1e4 && scaleWidth < 1e4) {
        inputs.push_back(constant(layer, "scales",
                                  tensor::Tensor::of<float>({2}, {static_cast<float>(scaleHeight),
                                                                  static_cast<float>(scaleWidth)})));
    } else {
        return error(layer, "it has neither a size nor a scale");
    }
    ir::Attributes attributes = {
        {"axes", std::vector<int64_t>{2, 3}},
        {"mode", std::string(type == 1 ? "nearest" : "linear")},
        {"coordinate_transformation_mode", std::string(type == 1                  ? "asymmetric"
                                                       : layer.integer(6, 0) != 0 ? "align_corners"
                                                                                  : "half_pixel")}};
    if (type == 1) attributes.set("nearest_mode", std::string("floor"));
    return set(layer, {.op = "Resize", .inputs = inputs, .attributes = std::move(attributes)}, 3);
}

base::Status LayerReader::padding(const Layer& layer) {
    const auto x = in(layer, 0);
    if (!x) return x.error();
    constexpr std::array<std::string_view, 3> kModes = {"constant", "edge", "reflect"};
    const auto mode = layer.integer(4, 0);
    if (x->dims != 3 || mode < 0 || mode > 2 || layer.integer(6, 0) != 0)
        return error(layer, "only padding of a picture with one number is read");
    std::vector<int64_t> pads(8, 0);
    const std::array<std::pair<size_t, int>, 6> places = {{{2, 0}, {6, 1}, {3, 2}, {7, 3}, {1, 7}, {5, 8}}};
    for (const auto& [place, key] : places) {
        pads[place] = layer.integer(key, 0);
        if (pads[place] < 0 || pads[place] >= kMostSize)
            return error(layer, fmt::format("padding of {}", pads[place]));
    }
    return set(layer,
               {.op = "Pad",
                .inputs = {x->value, integers(layer, "pads", pads), scalar(layer, "value", layer.real(5, 0))},
                .attributes = {{"mode", std::string(kModes[static_cast<size_t>(mode)])}}},
               3);
}

}  // namespace lathe::ncnn
