// CumProd: y[i] = the product of x[0..i] along one axis; exclusive leaves x[i] out, reverse starts from the
// end.
#include "engine/ops/support_running.h"

namespace lathe::ops {

Op cumProdOp() {
    Op op = runningOp([](EvalContext& context) { return evaluateRunning(context, Running::product); });
    op.name = "CumProd";
    op.sinceVersion = 26;
    op.summary = "y = the running product of x along an axis";
    return op;
}

}  // namespace lathe::ops
