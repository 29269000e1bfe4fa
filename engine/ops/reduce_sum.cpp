// ReduceSum: the sum over axes; 0 over nothing.
#include "engine/ops/gradient_context.h"
#include "engine/ops/support_reduction.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    return inferReductionOfContents(context, [](const ir::Dim& a, const ir::Dim& b) { return a + b; });
}

base::Status evaluate(EvalContext& context) {
    return reduceNumbers(context, [](auto lane) {
        using W = std::remove_const_t<typename decltype(lane)::element_type>;
        W result = 0;
        for (const W x : lane) result = wrappingAdd(result, x);
        return result;
    });
}

// dx = dy for every element of the lane
base::Status gradient(GradientContext& context) {
    const auto dy = keptAxes(context, context.outputGradient());
    context.set(0, context.scope().expandLike(dy, context.input(0)));
    return {};
}

}  // namespace

Op reduceSumOp() { return reductionOp("ReduceSum", 13, "y = sum of x", kNumbers, infer, evaluate, gradient); }

}  // namespace lathe::ops
