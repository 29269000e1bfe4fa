// ReduceMean: the mean over axes; NaN over nothing. Integers truncate.
#include "engine/ops/gradient_context.h"
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

// dx = dy / n for each of the n elements of the lane
base::Status gradient(GradientContext& context) {
    const auto x = context.input(0);
    const auto share = context.div(context.outputGradient(), context.ratio(x, context.output()));
    context.set(0, context.scope().expandLike(keptAxes(context, share), x));
    return {};
}

}  // namespace

Op reduceMeanOp() {
    return reductionOp("ReduceMean", 18, "y = mean of x", kNumbers, inferReduction, evaluate, gradient);
}

}  // namespace lathe::ops
