#include "engine/ops/support_quantize_linear.h"

#include <cmath>

#include "engine/ops/support_quantize.h"
#include "engine/ops/support_reals.h"
#include "engine/ops/support_scale_map.h"
#include "engine/tensor/packed.h"

namespace lathe::ops {
namespace {

tensor::DataType quantizedType(const ir::Attributes& attributes, tensor::DataType zeroPoint) {
    if (zeroPoint != tensor::DataType::undefined) return zeroPoint;
    const auto given = attributes.integer("output_dtype", 0);
    return given > 0 && given < tensor::kDataTypeCount ? static_cast<tensor::DataType>(given)
                                                       : tensor::DataType::uint8;
}

// The quotient in the precision that the standard asks for: float, or the 16-bit type of the scale.
double quotient(double x, double scale, tensor::DataType precision) {
    switch (precision) {
        case tensor::DataType::float64:
            return x / scale;
        case tensor::DataType::float16:
            return static_cast<double>(static_cast<float>(tensor::Float16(x / scale)));
        case tensor::DataType::bfloat16:
            return static_cast<double>(static_cast<float>(tensor::BFloat16(x / scale)));
        default:
            return static_cast<double>(static_cast<float>(x) / static_cast<float>(scale));
    }
}

tensor::DataType realType(const ir::Attributes& attributes, tensor::DataType scale) {
    const auto given = attributes.integer("output_dtype", 0);
    if (given > 0 && given < tensor::kDataTypeCount) return static_cast<tensor::DataType>(given);
    return scale == tensor::DataType::float8e8m0 ? tensor::DataType::float32 : scale;
}

}  // namespace

base::Status inferQuantizeLinear(InferContext& context) {
    if (auto ok = checkScaleShapes(context); !ok) return ok;
    const auto* x = context.shape(0);
    const auto type = quantizedType(context.attributes(),
                                    context.has(2) ? context.element(2) : tensor::DataType::undefined);
    const auto given = context.attributes().integer("output_dtype", 0);
    if (given != 0 && context.has(2) && static_cast<int64_t>(type) != given)
        return context.error("output_dtype is {}, but the zero point is {}", given, name(type));
    context.setOutput(0, type, x ? std::optional(*x) : std::nullopt);
    return {};
}

Cost quantizeLinearCost(const CostContext& context) {
    auto cost = trafficCost(context);
    cost.operations = 3 * context.outputElements();
    return cost;
}

base::Status evaluateQuantizeLinear(EvalContext& context) {
    const auto &x = context.in(0), &scale = context.in(1);
    const auto map = scaleMap(context, x.shape());
    if (!map) return map.error();
    const auto type = quantizedType(context.attributes(),
                                    context.has(2) ? context.in(2).type() : tensor::DataType::undefined);
    const auto asked = context.attributes().integer("precision", 0);
    const auto precision = asked ? static_cast<tensor::DataType>(asked) : scale.type();
    const Reals values = reals(x), scales = reals(scale);
    if (tensor::isFloat(type)) {
        const bool saturate = context.attributes().integer("saturate", 1) != 0;
        const Reals zeros = realsOr(context, 2, scale.elementCount(), 0);
        auto y = context.allocate(type, x.shape());
        if (!y) return y.error();
        const int bits = tensor::bitWidth(type);
        const auto bytes = y->mutableBytes();
        for (size_t i = 0; i < values.size(); ++i) {
            const auto s = map->at(i);
            const auto value = static_cast<float>(quotient(values[i], scales[s], precision) + zeros[s]);
            const auto code = tensor::codeFromFloat(type, value, saturate);
            if (bits == 8)
                bytes[i] = static_cast<std::byte>(code);
            else
                tensor::setPackedBits(bytes, bits, static_cast<int64_t>(i), code);
        }
        context.set(0, std::move(*y));
        return {};
    }
    if (!tensor::isInteger(type) || tensor::bitWidth(type) > 16)
        return context.error("cannot quantize to {}", name(type));
    const Codes zeros = context.has(2) ? tensor::toIntegers(context.in(2)) : Codes(scales.size(), 0);
    const auto range = codeRange(type);
    Codes codes(values.size());
    for (size_t i = 0; i < codes.size(); ++i) {
        const auto s = map->at(i);
        codes[i] = roundToCode(quotient(values[i], scales[s], precision), zeros[s], range);
    }
    return setCodes(context, 0, type, x.shape(), codes);
}

base::Status inferDequantizeLinear(InferContext& context) {
    if (auto ok = checkScaleShapes(context); !ok) return ok;
    const auto* x = context.shape(0);
    context.setOutput(0, realType(context.attributes(), context.element(1)),
                      x ? std::optional(*x) : std::nullopt);
    return {};
}

Cost dequantizeLinearCost(const CostContext& context) {
    auto cost = trafficCost(context);
    cost.operations = 2 * context.outputElements();
    return cost;
}

base::Status evaluateDequantizeLinear(EvalContext& context) {
    const auto &x = context.in(0), &scale = context.in(1);
    const auto map = scaleMap(context, x.shape());
    if (!map) return map.error();
    const auto type = realType(context.attributes(), scale.type());
    if (!(typeBit(type) & kFloats)) return context.error("cannot dequantize to {}", name(type));
    const Reals scales = reals(scale), zeros = realsOr(context, 2, scale.elementCount(), 0);
    Reals y = reals(x);
    for (size_t i = 0; i < y.size(); ++i) {
        const auto s = map->at(i);
        y[i] = (y[i] - zeros[s]) * scales[s];
    }
    return setReals(context, 0, type, x.shape(), y);
}

}  // namespace lathe::ops
