// Elementwise work on quantized numbers: read as real numbers, computed, quantized again.
#pragma once

#include "engine/ops/support_quantize.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {

inline constexpr std::string_view kMicrosoft = "com.microsoft";

// (q - zeroPoint) * scale of input i with its scale and (optional) zero point at the given inputs; one number
// each.
base::Result<Reals> dequantizedInput(const EvalContext& context, size_t i, size_t scale, size_t zeroPoint);
// Sets output 0 to saturate(rne(value / scale) + zeroPoint).
base::Status setQuantized(EvalContext& context, tensor::DataType type, tensor::Dimensions shape,
                          std::span<const double> values, size_t scale, size_t zeroPoint);
// Shape rule: output 0 is input 0 again; scales and zero points (inputs 1 to 4) have one item each.
base::Status inferQLinearUnary(InferContext& context);
// Shape rule of X, scale, zero point twice, then those of the result: the broadcast shape.
base::Status inferQLinearBinary(InferContext& context);

// X, X_scale, X_zero_point, Y_scale, Y_zero_point.
std::vector<Formal> qLinearUnaryInputs();
// A, A_scale, A_zero_point, B, B_scale, B_zero_point, C_scale, C_zero_point.
std::vector<Formal> qLinearBinaryInputs();

// A function of one number on quantized numbers.
template <typename Function>
base::Status evaluateQLinearUnary(EvalContext& context, Function&& function) {
    auto values = dequantizedInput(context, 0, 1, 2);
    if (!values) return values.error();
    for (auto& value : *values) value = function(value);
    return setQuantized(context, context.in(0).type(), context.in(0).shape(), *values, 3, 4);
}

// A function of two numbers on quantized numbers, with broadcasting.
base::Status evaluateQLinearBinary(EvalContext& context, double (*function)(double, double));

}  // namespace lathe::ops
