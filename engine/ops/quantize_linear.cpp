// QuantizeLinear: y = saturate(rne(x / scale) + zeroPoint), scale per tensor, per index of an axis, or per
// block of block_size along that axis. 8- and 4-bit floats round x / scale (+ zeroPoint) to the nearest code.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_quantize_linear.h"
#include "engine/ops/support_scale_map.h"

namespace lathe::ops {

Op quantizeLinearOp() {
    constexpr TypeSet kInput = kFloats | typeBit(tensor::DataType::int32);
    constexpr TypeSet kScale = kInput | typeBit(tensor::DataType::float8e8m0);
    return {.name = "QuantizeLinear",
            .sinceVersion = 25,
            .family = Family::quantization,
            .summary = "y = saturate(round(x / scale) + zero point)",
            .inputs = {{"x", kInput, "T1"},
                       {"y_scale", kScale, "T2"},
                       {"y_zero_point", kQuantizedTypes, "T3", Presence::optional}},
            .outputs = {{"y", kQuantizedTypes, "T3"}},
            .attributes = {integerAttribute("axis", 1, "axis of the scales"),
                           integerAttribute("block_size", 0, "elements along the axis that share a scale"),
                           integerAttribute("output_dtype", 0, "element type of y without a zero point"),
                           integerAttribute("precision", 0, "element type of the division; 0: of the scale"),
                           flagAttribute("saturate", 1, "8-bit floats: 1 keeps out-of-range values finite")},
            .infer = inferQuantizeLinear,
            .cost = quantizeLinearCost,
            .evaluate = evaluateQuantizeLinear};
}

}  // namespace lathe::ops
