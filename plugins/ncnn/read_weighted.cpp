// Layers with weights; keys of parameters as in ncnn's "operation param weight table".
#include <fmt/format.h>

#include "plugins/ncnn/layer_reader.h"

namespace lathe::ncnn {
namespace {

constexpr int64_t kSameLower = -234;

}  // namespace

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

}  // namespace lathe::ncnn
