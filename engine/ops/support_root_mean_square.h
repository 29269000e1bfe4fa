// Root mean square normalisation (Zhang, Sennrich 2019), which several operators are names of:
//
//   y = x / sqrt(mean(x^2) + epsilon) * scale      mean over the axes from `axis` to the last
#pragma once

#include "engine/ops/op.h"

namespace lathe::ops {

// Inputs x and scale; outputs y and, where the operator has it, 1 / sqrt(mean(x^2) + epsilon).
base::Status inferRootMeanSquare(InferContext& context);
base::Status evaluateRootMeanSquare(EvalContext& context);
// The operator of ONNX Runtime: two outputs.
Op simplifiedLayerNormalization(std::string_view domain);
std::vector<base::ParamSpec> rootMeanSquareAttributes();

}  // namespace lathe::ops
