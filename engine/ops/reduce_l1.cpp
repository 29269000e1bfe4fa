// ReduceL1: the sum of magnitudes over axes; 0 over nothing.
#include "engine/ops/gradient_context.h"
#include "engine/ops/support_reduction.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return reduceNumbers(context, [](auto lane) {
        using W = std::remove_const_t<typename decltype(lane)::element_type>;
        W result = 0;
        for (const W x : lane) result = wrappingAdd(result, x < 0 ? wrappingSubtract<W>(0, x) : x);
        return result;
    });
}

// dx = dy * sign(x)
base::Status gradient(GradientContext& context) {
    const auto sign = context.emit("Sign", {context.input(0)});
    context.set(0, context.mul(keptAxes(context, context.outputGradient()), sign));
    return {};
}

}  // namespace

Op reduceL1Op() {
    return reductionOp("ReduceL1", 18, "y = sum of |x|", kNumbers, inferReduction, evaluate, gradient);
}

}  // namespace lathe::ops
