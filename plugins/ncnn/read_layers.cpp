// One function for each kind of layer; keys of parameters as in ncnn's "operation param weight table".
#include <fmt/format.h>

#include <array>
#include <cmath>

#include "plugins/ncnn/layer_reader.h"

namespace lathe::ncnn {
namespace {

using Tensor = tensor::Tensor;

constexpr int64_t kAbsent = -233;  // "this dimension is not there" and SAME_UPPER padding
constexpr int64_t kSameLower = -234;
constexpr int64_t kMostSize = int64_t{1} << 31;

bool isSize(int64_t number) { return number >= 1 && number < kMostSize; }

}  // namespace

const std::map<std::string_view, LayerReader::Handler>& LayerReader::handlers() {
    static const std::map<std::string_view, Handler> kHandlers = {
        {"BatchNorm", &LayerReader::batchNorm},
        {"BinaryOp", &LayerReader::binary},
        {"Clip", &LayerReader::clip},
        {"Concat", &LayerReader::concat},
        {"Convolution", &LayerReader::convolution},
        {"ConvolutionDepthWise", &LayerReader::convolution},
        {"Crop", &LayerReader::crop},
        {"Dropout", &LayerReader::copy},
        {"Eltwise", &LayerReader::eltwise},
        {"Flatten", &LayerReader::flatten},
        {"HardSigmoid", &LayerReader::activation},
        {"HardSwish", &LayerReader::activation},
        {"InnerProduct", &LayerReader::innerProduct},
        {"Input", &LayerReader::input},
        {"Interp", &LayerReader::interp},
        {"LRN", &LayerReader::localNorm},
        {"MemoryData", &LayerReader::memoryData},
        {"Noop", &LayerReader::copy},
        {"PReLU", &LayerReader::prelu},
        {"Padding", &LayerReader::padding},
        {"Permute", &LayerReader::permute},
        {"Pooling", &LayerReader::pool},
        {"ReLU", &LayerReader::activation},
        {"Reshape", &LayerReader::reshape},
        {"Scale", &LayerReader::scale},
        {"Sigmoid", &LayerReader::activation},
        {"Slice", &LayerReader::slice},
        {"Softmax", &LayerReader::softmax},
        {"Split", &LayerReader::copy},
        {"TanH", &LayerReader::activation},
    };
    return kHandlers;
}

base::Status LayerReader::input(const Layer& layer) {
    const int64_t w = layer.integer(0, 0), h = layer.integer(1, 0), c = layer.integer(2, 0);
    ir::SymbolicShape shape = {1};
    // Without sizes it is a picture of any size, as converters write it.
    const bool any = w == 0 && h == 0 && c == 0;
    const int dims = any || c != 0 ? 3 : h != 0 ? 2 : 1;
    const std::array<int64_t, 3> sizes = {w, h, c};
    for (int i = dims - 1; i >= 0; --i) {
        const auto size = sizes[static_cast<size_t>(i)];
        if (size != 0 && !isSize(size)) return error(layer, fmt::format("a size of {}", size));
        shape.push_back(size != 0 ? ir::Dim(size)
                                  : ir::Dim::symbol(fmt::format("{}_{}", layer.outputs[0], "whc"[i])));
    }
    const auto type = ir::ValueType::tensorOf(tensor::DataType::float32, std::move(shape));
    return setBlob(layer, 0, {m_editor.addInput(layer.outputs[0], type), dims});
}

base::Status LayerReader::memoryData(const Layer& layer) {
    const int64_t w = layer.integer(0, 0), h = layer.integer(1, 0), c = layer.integer(2, 0);
    tensor::Shape shape{1};
    if (c != 0) shape.push_back(c);
    if (h != 0) shape.push_back(h);
    shape.push_back(w);
    if (!isSize(w) || (h != 0 && !isSize(h)) || (c != 0 && !isSize(c)) || (c != 0 && h == 0))
        return error(layer, fmt::format("the sizes {}, {}, {} are not sound", w, h, c));
    const auto values = layer.integer(21, 1) == 0 ? m_bin.tagged(shape) : m_bin.plain(shape);
    if (!values) return values.error();
    return setBlob(layer, 0, {constant(layer, "data", *values), static_cast<int>(shape.size()) - 1});
}

base::Status LayerReader::copy(const Layer& layer) {
    const auto blob = in(layer, 0);
    if (!blob) return blob.error();
    for (size_t i = 0; i < layer.outputs.size(); ++i)
        if (auto s = setBlob(layer, i, *blob); !s) return s;
    return {};
}

base::Status LayerReader::convolution(const Layer& layer) {
    const auto x = asPicture(layer, 0);
    if (!x) return x.error();
    const int64_t outputs = layer.integer(0, 0), kw = layer.integer(1, 0), kh = layer.integer(11, kw);
    const int64_t size = layer.integer(6, 0), group = layer.type == "Convolution" ? 1 : layer.integer(7, 1);
    const int64_t dw = layer.integer(2, 1), dh = layer.integer(12, dw);
    const int64_t sw = layer.integer(3, 1), sh = layer.integer(13, sw);
    for (const auto number : {outputs, kw, kh, size, group, dw, dh, sw, sh})
        if (!isSize(number)) return error(layer, fmt::format("a parameter is {}", number));
    if (layer.integer(8, 0) != 0 || layer.integer(19, 0) != 0)
        return error(layer, "8-bit and dynamic weights are not read");
    if (kw > 65535 || kh > 65535 || size / (kw * kh) / outputs < 1 || size % (kw * kh * outputs) != 0 ||
        outputs % group != 0)
        return error(layer,
                     fmt::format("{} weights do not fit {} outputs of {} x {}", size, outputs, kw, kh));
    const int64_t shape[] = {outputs, size / (kw * kh) / outputs, kh, kw};
    const auto weights = m_bin.tagged(shape);
    if (!weights) return weights.error();
    std::vector<ir::ValueId> inputs = {x->value, constant(layer, "weight", *weights)};
    if (layer.integer(5, 0) != 0) {
        const auto bias = m_bin.plain({shape, 1});
        if (!bias) return bias.error();
        inputs.push_back(constant(layer, "bias", *bias));
    }
    ir::Attributes attributes = {{"kernel_shape", std::vector<int64_t>{kh, kw}},
                                 {"strides", std::vector<int64_t>{sh, sw}},
                                 {"dilations", std::vector<int64_t>{dh, dw}},
                                 {"group", group}};
    const int64_t left = layer.integer(4, 0), right = layer.integer(15, left);
    const int64_t top = layer.integer(14, left), bottom = layer.integer(16, top);
    if (left == kAbsent || left == kSameLower) {
        attributes.set("auto_pad", std::string(left == kAbsent ? "SAME_UPPER" : "SAME_LOWER"));
    } else {
        for (const auto pad : {left, right, top, bottom})
            if (pad < 0 || pad >= kMostSize) return error(layer, fmt::format("padding of {}", pad));
        attributes.set("pads", std::vector<int64_t>{top, left, bottom, right});
    }
    return setActivated(layer, {.op = "Conv", .inputs = inputs, .attributes = std::move(attributes)}, x->dims,
                        x->spread);
}

base::Status LayerReader::innerProduct(const Layer& layer) {
    const auto x = asVector(layer, 0);
    if (!x) return x.error();
    const int64_t outputs = layer.integer(0, 0), size = layer.integer(2, 0);
    if (!isSize(outputs) || !isSize(size) || size % outputs != 0)
        return error(layer, fmt::format("{} weights do not fit {} outputs", size, outputs));
    if (layer.integer(8, 0) != 0) return error(layer, "8-bit weights are not read");
    const int64_t shape[] = {outputs, size / outputs};
    const auto weights = m_bin.tagged(shape);
    if (!weights) return weights.error();
    std::vector<ir::ValueId> inputs = {x->value, constant(layer, "weight", *weights)};
    if (layer.integer(1, 0) != 0) {
        const auto bias = m_bin.plain({shape, 1});
        if (!bias) return bias.error();
        inputs.push_back(constant(layer, "bias", *bias));
    }
    return setActivated(layer, {.op = "Gemm", .inputs = inputs, .attributes = {{"transB", int64_t{1}}}}, 1,
                        false);
}

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

base::Status LayerReader::activation(const Layer& layer) {
    const auto x = in(layer, 0);
    if (!x) return x.error();
    const auto simple = [&](std::string_view op, ir::Attributes attributes = {}) {
        return set(layer, {.op = op, .inputs = {x->value}, .attributes = std::move(attributes)}, x->dims,
                   x->spread);
    };
    if (layer.type == "Sigmoid") return simple("Sigmoid");
    if (layer.type == "TanH") return simple("Tanh");
    if (layer.type == "ReLU") {
        const auto slope = static_cast<float>(layer.real(0, 0));
        return slope == 0 ? simple("Relu") : simple("LeakyRelu", {{"alpha", slope}});
    }
    const double alpha = layer.real(0, 0.2), beta = layer.real(1, 0.5);
    const ir::Attributes gate = {{"alpha", static_cast<float>(alpha)}, {"beta", static_cast<float>(beta)}};
    if (layer.type == "HardSigmoid") return simple("HardSigmoid", gate);
    if (std::abs(alpha - 1.0 / 6) < 1e-6 && beta == 0.5) return simple("HardSwish");
    const auto sigmoid = m_editor.add({.op = "HardSigmoid", .inputs = {x->value}, .attributes = gate});
    return set(layer, {.op = "Mul", .inputs = {x->value, sigmoid}}, x->dims, x->spread);
}

base::Status LayerReader::clip(const Layer& layer) {
    const auto x = in(layer, 0);
    if (!x) return x.error();
    const auto low = scalar(layer, "min", layer.real(0, -3.4028234663852886e38));
    const auto high = scalar(layer, "max", layer.real(1, 3.4028234663852886e38));
    return set(layer, {.op = "Clip", .inputs = {x->value, low, high}}, x->dims, x->spread);
}

base::Status LayerReader::batchNorm(const Layer& layer) {
    const auto x = in(layer, 0);
    if (!x) return x.error();
    const int64_t channels[] = {layer.integer(0, 0)};
    if (!isSize(channels[0])) return error(layer, fmt::format("{} channels", channels[0]));
    std::array<ir::ValueId, 4> values;  // slope, mean, variance, bias
    constexpr std::array<std::string_view, 4> kNames = {"slope", "mean", "variance", "bias"};
    for (size_t i = 0; i < 4; ++i) {
        const auto numbers = m_bin.plain(channels);
        if (!numbers) return numbers.error();
        values[i] = constant(layer, kNames[i], *numbers);
    }
    return set(layer,
               {.op = "BatchNormalization",
                .inputs = {x->value, values[0], values[3], values[1], values[2]},
                .attributes = {{"epsilon", static_cast<float>(layer.real(1, 0))}}},
               x->dims, x->spread);
}

base::Status LayerReader::scale(const Layer& layer) {
    const auto x = in(layer, 0);
    if (!x) return x.error();
    const int64_t size = layer.integer(0, 0);
    if (!isSize(size)) return error(layer, "a scale that is another blob is not read");
    // One number a channel, over the picture.
    tensor::Shape shape{size};
    if (x->dims == 3 || x->spread) shape = {size, 1, 1};
    if (x->dims == 2) shape = {size, 1};
    const auto factors = m_bin.plain(shape);
    if (!factors) return factors.error();
    const ir::NewNode product{.op = "Mul", .inputs = {x->value, constant(layer, "scale", *factors)}};
    if (layer.integer(1, 0) == 0) return set(layer, product, x->dims, x->spread);
    const auto bias = m_bin.plain(shape);
    if (!bias) return bias.error();
    return set(layer, {.op = "Add", .inputs = {m_editor.add(product), constant(layer, "bias", *bias)}},
               x->dims, x->spread);
}

base::Status LayerReader::prelu(const Layer& layer) {
    const auto x = in(layer, 0);
    if (!x) return x.error();
    tensor::Shape shape{layer.integer(0, 0)};
    if (!isSize(shape[0])) return error(layer, fmt::format("{} slopes", shape[0]));
    if (x->dims == 3 || x->spread) shape = {shape[0], 1, 1};
    const auto slopes = m_bin.plain(shape);
    if (!slopes) return slopes.error();
    return set(layer, {.op = "PRelu", .inputs = {x->value, constant(layer, "slope", *slopes)}}, x->dims,
               x->spread);
}

base::Status LayerReader::binary(const Layer& layer) {
    constexpr std::array<std::string_view, 10> kOps = {"Add", "Sub", "Mul", "Div", "Max",
                                                       "Min", "Pow", "Sub", "Div", "Pow"};
    const auto type = layer.integer(0, 0);
    if (type < 0 || type >= static_cast<int64_t>(kOps.size()))
        return error(layer, fmt::format("operation {} is not known", type));
    const bool exchanged = type >= 7;
    const auto op = kOps[static_cast<size_t>(type)];
    const auto first = in(layer, 0);
    if (!first) return first.error();
    if (layer.integer(1, 0) != 0 || layer.inputs.size() == 1) {
        const auto other = scalar(layer, "scalar", layer.real(2, 0));
        const std::vector<ir::ValueId> operands = {exchanged ? other : first->value,
                                                   exchanged ? first->value : other};
        return set(layer, {.op = op, .inputs = operands}, first->dims, first->spread);
    }
    const auto second = in(layer, 1);
    if (!second) return second.error();
    auto a = *first, b = *second;
    // A vector beside a picture has one number a channel.
    if (a.dims != b.dims || a.spread != b.spread) {
        const auto x = asPicture(layer, 0), y = asPicture(layer, 1);
        if (!x) return x.error();
        if (!y) return y.error();
        a = *x;
        b = *y;
    }
    const std::vector<ir::ValueId> operands = {exchanged ? b.value : a.value, exchanged ? a.value : b.value};
    return set(layer, {.op = op, .inputs = operands}, std::max(a.dims, b.dims),
               a.dims == 1 && b.dims == 1 && a.spread);
}

base::Status LayerReader::eltwise(const Layer& layer) {
    constexpr std::array<std::string_view, 3> kOps = {"Mul", "Add", "Max"};
    const auto type = layer.integer(0, 0);
    if (type < 0 || type > 2 || layer.inputs.size() < 2)
        return error(layer, "this element-wise operation is not known");
    const auto factors = layer.list(1);
    if (!factors.empty() && (type != 1 || factors.size() != layer.inputs.size()))
        return error(layer, "its coefficients do not fit its inputs");
    ir::ValueId sum;
    int dims = 1;
    bool spread = false;
    for (size_t i = 0; i < layer.inputs.size(); ++i) {
        const auto x = in(layer, i);
        if (!x) return x.error();
        if (i > 0 && x->spread != spread) return error(layer, "its inputs have different shapes");
        dims = x->dims;
        spread = x->spread;
        auto value = x->value;
        if (!factors.empty() && factors[i] != 1)
            value = m_editor.add({.op = "Mul", .inputs = {value, scalar(layer, "coefficient", factors[i])}});
        if (i + 1 == layer.inputs.size())
            return set(layer, {.op = kOps[static_cast<size_t>(type)], .inputs = {sum, value}}, dims, spread);
        sum = i == 0 ? value : m_editor.add({.op = kOps[static_cast<size_t>(type)], .inputs = {sum, value}});
    }
    return {};
}

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

base::Status LayerReader::softmax(const Layer& layer) {
    const auto plain = in(layer, 0);
    if (!plain) return plain.error();
    const auto x = plain->spread ? asVector(layer, 0) : plain;
    const auto axis = layer.integer(0, 0);
    if (axis >= x->dims || axis < -x->dims) return error(layer, fmt::format("axis {} is not there", axis));
    return set(layer,
               {.op = "Softmax",
                .inputs = {x->value},
                .attributes = {{"axis", int64_t{(axis < 0 ? axis + x->dims : axis) + 1}}}},
               x->dims);
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
        inputs.push_back(constant(
            layer, "scales",
            Tensor::of<float>({2}, {static_cast<float>(scaleHeight), static_cast<float>(scaleWidth)})));
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
