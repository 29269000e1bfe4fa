// CumSum: y[i] = the sum of x[0..i] along one axis; exclusive leaves x[i] out, reverse starts from the end.
#include "engine/ops/support_running.h"

namespace lathe::ops {

Op cumSumOp() {
    Op op = runningOp([](EvalContext& context) { return evaluateRunning(context, Running::sum); });
    op.name = "CumSum";
    op.sinceVersion = 14;
    op.summary = "y = the running sum of x along an axis";
    return op;
}

}  // namespace lathe::ops
