// ReduceLogSum: the logarithm of the sum over axes; -infinity over nothing. Integers truncate.
#include <cmath>

#include "engine/ops/gradient_context.h"
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

// dx = dy / exp(y) for every element of the lane
base::Status gradient(GradientContext& context) {
    const auto sums = context.emit("Exp", {context.output()});
    const auto share = keptAxes(context, context.div(context.outputGradient(), sums));
    context.set(0, context.scope().expandLike(share, context.input(0)));
    return {};
}

}  // namespace

Op reduceLogSumOp() {
    return reductionOp("ReduceLogSum", 18, "y = ln(sum of x)", kNumbers, inferReduction, evaluate, gradient);
}

}  // namespace lathe::ops
