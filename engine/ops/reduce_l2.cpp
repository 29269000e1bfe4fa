// ReduceL2: the square root of the sum of squares over axes; 0 over nothing. Integers truncate.
#include <cmath>

#include "engine/ops/gradient_context.h"
#include "engine/ops/support_reduction.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return reduceAs<double>(context, [](std::span<const double> lane) {
        double result = 0;
        for (const double x : lane) result += x * x;
        return std::sqrt(result);
    });
}

// dx = dy * x / y
base::Status gradient(GradientContext& context) {
    const auto factor = context.div(context.outputGradient(), context.output());
    context.set(0, context.mul(keptAxes(context, factor), context.input(0)));
    return {};
}

}  // namespace

Op reduceL2Op() {
    return reductionOp("ReduceL2", 18, "y = sqrt(sum of x^2)", kNumbers, inferReduction, evaluate, gradient);
}

}  // namespace lathe::ops
