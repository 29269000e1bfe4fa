// What the losses over class scores share: scores [N, C, d...], targets [N, d...], weights and a reduction.
#pragma once

#include "engine/ops/eval_context.h"
#include "engine/ops/infer_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {

// Checks inputs 0 (scores), 1 (targets) and 2 (weights) and sets output 0.
base::Status inferClassLoss(InferContext& context);
// Sets output 0 from log-probabilities in the layout of input 0:
//   loss = -weight[t] * logProbability[t], 0 for ignore_index; mean divides by the sum of weights.
base::Status evaluateClassLoss(EvalContext& context, std::span<const double> logProbabilities);
// The gradient of the log-probabilities from that of output 0.
base::Result<ir::ValueId> classLossGradient(GradientContext& context, ir::ValueId dy);
std::vector<base::ParamSpec> classLossAttributes();

}  // namespace lathe::ops
