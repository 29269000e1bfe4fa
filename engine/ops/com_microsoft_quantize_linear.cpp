// com.microsoft QuantizeLinear: y = saturate(round(x / scale) + zero point), for the types that the
// standard's operator of the time lacked.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_q_linear.h"
#include "engine/ops/support_quantize_linear.h"

namespace lathe::ops {

Op comMicrosoftQuantizeLinearOp() {
    constexpr TypeSet kCodes =
        typeSet(tensor::DataType::int8, tensor::DataType::uint8, tensor::DataType::int16,
                tensor::DataType::uint16, tensor::DataType::int4, tensor::DataType::uint4);
    constexpr TypeSet kScale = typeSet(tensor::DataType::float32, tensor::DataType::float16);
    return {.name = "QuantizeLinear",
            .domain = kMicrosoft,
            .family = Family::quantization,
            .summary = "y = saturate(round(x / scale) + zero point)",
            .inputs = {{"x", kScale, "T1"},
                       {"y_scale", kScale, "T1"},
                       {"y_zero_point", kCodes, "T2", Presence::optional}},
            .outputs = {{"y", kCodes, "T2"}},
            .attributes = {integerAttribute("axis", 1, "axis of the scales, where there is more than one")},
            .infer = inferQuantizeLinear,
            .cost = quantizeLinearCost,
            .evaluate = evaluateQuantizeLinear};
}

}  // namespace lathe::ops
