// Ops that change each lane of a tensor along one axis (softmax and its kin).
#pragma once

#include "engine/base/function_ref.h"
#include "engine/ops/op.h"

namespace lathe::ops {

// Output 0 is like input 0; the attribute `axis` (default -1) is checked.
base::Status inferLanes(InferContext& context);
// Hands every lane along `axis` to `change` as reals and rounds what it leaves there.
base::Status changeLanes(EvalContext& context, base::FunctionRef<void(std::span<double>)> change);

// The greatest element of a lane; NaN wins. -infinity for an empty one.
double greatestOf(std::span<const double> lane);

}  // namespace lathe::ops
