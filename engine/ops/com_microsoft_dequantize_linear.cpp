// com.microsoft DequantizeLinear: y = (x - zero point) * scale, for the types that the standard's operator of
// the time lacked.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_q_linear.h"
#include "engine/ops/support_quantize_linear.h"

namespace lathe::ops {

Op comMicrosoftDequantizeLinearOp() {
    constexpr TypeSet kCodes = typeSet(
        tensor::DataType::int8, tensor::DataType::uint8, tensor::DataType::int16, tensor::DataType::uint16,
        tensor::DataType::int4, tensor::DataType::uint4, tensor::DataType::int32);
    constexpr TypeSet kScale = typeSet(tensor::DataType::float32, tensor::DataType::float16);
    return {.name = "DequantizeLinear",
            .domain = kMicrosoft,
            .family = Family::quantization,
            .summary = "y = (x - zero point) * scale",
            .inputs = {{"x", kCodes, "T1"},
                       {"x_scale", kScale, "T2"},
                       {"x_zero_point", kCodes, "T1", Presence::optional}},
            .outputs = {{"y", kScale, "T2"}},
            .attributes = {integerAttribute("axis", 1, "axis of the scales, where there is more than one")},
            .infer = inferDequantizeLinear,
            .cost = dequantizeLinearCost,
            .evaluate = evaluateDequantizeLinear};
}

}  // namespace lathe::ops
