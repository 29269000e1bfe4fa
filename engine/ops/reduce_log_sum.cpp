// ReduceLogSum: the logarithm of the sum over axes; -infinity over nothing. Integers truncate.
#include <cmath>

#include "engine/ops/support_reduction.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return reduceAs<double>(context, [](std::span<const double> lane) {
        double result = 0;
        for (const double x : lane) result += x;
        return std::log(result);
    });
}

}  // namespace

Op reduceLogSumOp() {
    return reductionOp("ReduceLogSum", 18, "y = ln(sum of x)", kNumbers, inferReduction, evaluate);
}

}  // namespace lathe::ops
