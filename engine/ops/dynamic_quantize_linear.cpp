// DynamicQuantizeLinear to uint8 with the range of the data, extended to include 0:
//
//   scale = (max - min) / 255      zero = saturate(rne(-min / scale))      y = saturate(rne(x / scale) +
//   zero)
#include <algorithm>

#include "engine/ops/op.h"
#include "engine/ops/support_dynamic_range.h"
#include "engine/ops/support_quantize.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    context.setOutput(0, tensor::DataType::uint8, context.type(0).shape);
    context.setOutput(1, tensor::DataType::float32, ir::SymbolicShape{});
    context.setOutput(2, tensor::DataType::uint8, ir::SymbolicShape{});
    return {};
}

Cost cost(const CostContext& context) {
    auto cost = trafficCost(context);
    cost.operations = 5 * context.outputElements();
    return cost;
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto quantized = dynamicallyQuantized(x.values<float>());
    context.set(1, tensor::Tensor::scalar(quantized.scale));
    context.set(2, tensor::Tensor::scalar(static_cast<uint8_t>(quantized.zeroPoint)));
    return setCodes(context, 0, tensor::DataType::uint8, x.shape(), quantized.codes);
}

}  // namespace

Op dynamicQuantizeLinearOp() {
    constexpr TypeSet kByte = typeBit(tensor::DataType::uint8);
    constexpr TypeSet kFloat = typeBit(tensor::DataType::float32);
    return {.name = "DynamicQuantizeLinear",
            .sinceVersion = 11,
            .family = Family::quantization,
            .summary = "Quantizes to uint8 with a scale and zero point found from the data",
            .inputs = {{"x", kFloat}},
            .outputs = {{"y", kByte}, {"y_scale", kFloat}, {"y_zero_point", kByte}},
            .attributes = {},
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
