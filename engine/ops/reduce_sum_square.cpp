// ReduceSumSquare: the sum of squares over axes; 0 over nothing.
#include "engine/ops/gradient_context.h"
#include "engine/ops/support_reduction.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return reduceNumbers(context, [](auto lane) {
        using W = std::remove_const_t<typename decltype(lane)::element_type>;
        W result = 0;
        for (const W x : lane) result = wrappingAdd(result, wrappingMultiply(x, x));
        return result;
    });
}

// dx = dy * 2 x
base::Status gradient(GradientContext& context) {
    const auto twice = context.mul(context.input(0), context.scalar(2));
    context.set(0, context.mul(keptAxes(context, context.outputGradient()), twice));
    return {};
}

}  // namespace

Op reduceSumSquareOp() {
    return reductionOp("ReduceSumSquare", 18, "y = sum of x^2", kNumbers, inferReduction, evaluate, gradient);
}

}  // namespace lathe::ops
