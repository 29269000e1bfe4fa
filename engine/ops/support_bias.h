// A vector added over the last axis before an activation.
#pragma once

#include "engine/ops/eval_context.h"
#include "engine/ops/infer_context.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {

// Shape rule: input 1, where present, is a vector as long as the last axis of input 0.
base::Status checkLastAxisBias(const InferContext& context);
// Input 0 plus the bias in input 1, where present.
base::Result<Reals> biased(const EvalContext& context);

}  // namespace lathe::ops
