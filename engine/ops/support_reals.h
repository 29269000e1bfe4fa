// Plain evaluations of real-valued ops compute in double and round once at the end, so the truth does not
// depend on the order of sums.
#pragma once

#include <span>
#include <vector>

#include "engine/ops/eval_context.h"

namespace lathe::ops {

using Reals = std::vector<double>;

// All elements widened to double; any number type.
Reals reals(const tensor::Tensor& tensor);
// The elements of input i, or `count` times `otherwise` when it is omitted.
Reals realsOr(const EvalContext& context, size_t i, int64_t count, double otherwise);
// Rounds every value to the element type of `out`, which must have as many elements.
void store(std::span<const double> values, tensor::Tensor& out);
// Allocates output i, rounds the values into it and sets it.
base::Status setReals(EvalContext& context, size_t i, tensor::DataType type, tensor::Dimensions shape,
                      std::span<const double> values);
// The one number in an input that must have one element.
base::Result<int64_t> oneInteger(const EvalContext& context, size_t i, std::string_view what);
base::Result<double> oneReal(const EvalContext& context, size_t i, std::string_view what);
// The error that `allocate` would give for this result, before work is spent on it.
base::Status checkSize(const EvalContext& context, tensor::Dimensions shape);

}  // namespace lathe::ops
