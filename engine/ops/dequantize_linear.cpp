// DequantizeLinear: y = (x - zeroPoint) * scale, scale per tensor, per index of an axis, or per block of
// block_size along that axis.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_reals.h"
#include "engine/ops/support_scale_map.h"

namespace lathe::ops {
namespace {

tensor::DataType outputType(const ir::Attributes& attributes, tensor::DataType scale) {
    const auto given = attributes.integer("output_dtype", 0);
    if (given > 0 && given < tensor::kDataTypeCount) return static_cast<tensor::DataType>(given);
    return scale == tensor::DataType::float8e8m0 ? tensor::DataType::float32 : scale;
}

base::Status infer(InferContext& context) {
    if (auto ok = checkScaleShapes(context); !ok) return ok;
    const auto* x = context.shape(0);
    context.setOutput(0, outputType(context.attributes(), context.element(1)),
                      x ? std::optional(*x) : std::nullopt);
    return {};
}

Cost cost(const CostContext& context) {
    auto cost = trafficCost(context);
    cost.operations = 2 * context.outputElements();
    return cost;
}

base::Status evaluate(EvalContext& context) {
    const auto &x = context.in(0), &scale = context.in(1);
    const auto map = scaleMap(context, x.shape());
    if (!map) return map.error();
    const auto type = outputType(context.attributes(), scale.type());
    if (!(typeBit(type) & kFloats)) return context.error("cannot dequantize to {}", name(type));
    const Reals scales = reals(scale), zeros = realsOr(context, 2, scale.elementCount(), 0);
    Reals y = reals(x);
    for (size_t i = 0; i < y.size(); ++i) {
        const auto s = map->at(i);
        y[i] = (y[i] - zeros[s]) * scales[s];
    }
    return setReals(context, 0, type, x.shape(), y);
}

}  // namespace

Op dequantizeLinearOp() {
    constexpr TypeSet kInput = kQuantizedTypes | typeBit(tensor::DataType::int32);
    constexpr TypeSet kScale = kFloats | typeBit(tensor::DataType::float8e8m0);
    return {.name = "DequantizeLinear",
            .sinceVersion = 25,
            .family = Family::quantization,
            .summary = "y = (x - zero point) * scale",
            .inputs = {{"x", kInput, "T1"},
                       {"x_scale", kScale, "T2"},
                       {"x_zero_point", kInput, "T1", Presence::optional}},
            .outputs = {{"y", kFloats, "T3"}},
            .attributes = {integerAttribute("axis", 1, "axis of the scales"),
                           integerAttribute("block_size", 0, "elements along the axis that share a scale"),
                           integerAttribute("output_dtype", 0, "element type of y; 0: of the scale")},
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
