// Running totals along one axis: CumSum and CumProd.
#pragma once

#include "engine/ops/op.h"

namespace lathe::ops {

enum class Running { sum, product };

// The schema but for its name, version and summary: x and axis to y, attributes exclusive and reverse.
Op runningOp(base::Status (*evaluate)(EvalContext&));
// y[i] = x[0] op ... op x[i] along the axis that input 1 names; exclusive leaves x[i] out, reverse starts
// from the end. Integers wrap around.
base::Status evaluateRunning(EvalContext& context, Running kind);

}  // namespace lathe::ops
