// ReduceMean: the mean over axes; NaN over nothing. Integers truncate.
#include "engine/ops/support_reduction.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return reduceAs<double>(context, [](std::span<const double> lane) {
        double result = 0;
        for (const double x : lane) result += x;
        return result / static_cast<double>(lane.size());
    });
}

}  // namespace

Op reduceMeanOp() {
    return reductionOp("ReduceMean", 18, "y = mean of x", kNumbers, inferReduction, evaluate);
}

}  // namespace lathe::ops
