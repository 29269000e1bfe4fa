// DequantizeLinear: y = (x - zeroPoint) * scale, scale per tensor, per index of an axis, or per block of
// block_size along that axis.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_quantize_linear.h"
#include "engine/ops/support_scale_map.h"

namespace lathe::ops {

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
            .infer = inferDequantizeLinear,
            .cost = dequantizeLinearCost,
            .evaluate = evaluateDequantizeLinear};
}

}  // namespace lathe::ops
