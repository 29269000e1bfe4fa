// Arithmetic of quantized numbers, one convention everywhere:
//
//   quantize     q = saturate(rne(x / scale) + zeroPoint)       rne: round half to even
//   dequantize   x = (q - zeroPoint) * scale
//   requantize   q = saturate(rne(f32(sum) * f32(scale)) + zeroPoint)
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/ops/eval_context.h"
#include "engine/ops/infer_context.h"
#include "engine/ops/op.h"

namespace lathe::ops {

inline constexpr TypeSet kBytes = typeSet(tensor::DataType::int8, tensor::DataType::uint8);

using Codes = std::vector<int64_t>;

struct CodeRange {
    int64_t lowest = 0, highest = 0;
};
// Of an integer type of at most 32 bits.
CodeRange codeRange(tensor::DataType type);
// saturate(rne(value) + zeroPoint); NaN becomes the zero point.
int64_t roundToCode(double value, int64_t zeroPoint, CodeRange range);
// The float product is what runtimes compute, so it is part of the convention.
inline int64_t requantize(int64_t sum, float scale, int64_t zeroPoint, CodeRange range) {
    return roundToCode(static_cast<double>(static_cast<float>(sum) * scale), zeroPoint, range);
}
// Writes codes that fit the type, packed types too.
void storeCodes(std::span<const int64_t> codes, tensor::Tensor& out);
base::Status setCodes(EvalContext& context, size_t i, tensor::DataType type, tensor::Dimensions shape,
                      std::span<const int64_t> codes);

// Codes less a zero point that is one number or one number an index of `axis`; input `zeroPoint` may be
// omitted.
base::Result<Codes> centredCodes(const EvalContext& context, size_t input, size_t zeroPoint, size_t axis);
// The one number in a scalar or one-element input.
base::Result<float> scalarScale(const EvalContext& context, size_t i);
base::Result<int64_t> scalarZeroPoint(const EvalContext& context, size_t i);
// A scale that is one number or `count` numbers, as `count` numbers.
base::Result<std::vector<float>> scales(const EvalContext& context, size_t i, int64_t count);

// Shape rules: scale or zero point i must have one element.
base::Status checkScalar(const InferContext& context, size_t i, std::string_view what);

}  // namespace lathe::ops
