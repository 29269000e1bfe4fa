// One step of a training method over any number of tensors. Inputs are R (the rate), T (the count of steps so
// far), all tensors X, all their gradients, then all of each kind of state; outputs are all new X, then all
// new states.
#pragma once

#include "engine/base/function_ref.h"
#include "engine/ops/op.h"

namespace lathe::ops {

// The schema but for its name, summary and attributes. `infer` and `evaluate` call the functions below.
Op optimizerOp(base::Status (*infer)(InferContext&), base::Status (*evaluate)(EvalContext&));

// Outputs have the types of their X and states; `states` counts the kinds of state.
base::Status inferOptimizer(InferContext& context, size_t states);

struct OptimizerStep {
    double rate = 0;
    int64_t count = 0;
};
// One element: changes x and its states in place, given its gradient.
using OptimizerUpdate =
    base::FunctionRef<void(const OptimizerStep& step, double& x, double gradient, std::span<double> states)>;
base::Status evaluateOptimizer(EvalContext& context, size_t states, OptimizerUpdate update);

}  // namespace lathe::ops
