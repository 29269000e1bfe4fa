// Linear predictors of the domain ai.onnx.ml: scores = x * coefficients^T + intercepts, with the coefficients
// of each score in a row.
#pragma once

#include <vector>

#include "engine/ops/op.h"

namespace lathe::ops {

struct LinearScores {
    int64_t rows = 0, targets = 0;
    std::vector<double> values;  // row-major
};
// Checks the lists against the width of the input. `targets` is how many scores a row has.
base::Result<LinearScores> linearScores(const EvalContext& context, int64_t targets);
// The check alone; `width` below 0 is not known.
base::Status checkLinear(const InferContext& context, int64_t targets, int64_t width);
Cost linearCost(const CostContext& context);

}  // namespace lathe::ops
