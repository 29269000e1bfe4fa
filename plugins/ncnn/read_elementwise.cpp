// Layers that compute each element; keys of parameters as in ncnn's "operation param weight table".
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plugins/ncnn/layer_reader.h"

namespace lathe::ncnn {

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

}  // namespace lathe::ncnn
