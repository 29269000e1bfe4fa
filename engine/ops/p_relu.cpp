// PRelu: y = x for x >= 0, else slope * x; slope broadcasts to the shape of x  (He et al. 2015).
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto *x = context.shape(0), *slope = context.shape(1);
    if (x && slope) {
        const auto shape = broadcastShapes(context, *x, *slope);
        if (!shape) return shape.error();
        if (shape->size() > x->size())
            return context.error("slope has shape {}, which does not broadcast to {}", ir::toString(*slope),
                                 ir::toString(*x));
    }
    context.setOutput(0, context.type(0));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto &x = context.in(0), &slope = context.in(1);
    const auto shape = broadcastInputs(context);
    if (!shape) return shape.error();
    if (!(*shape == x.shape()))
        return context.error("slope has shape {}, which does not broadcast to {}",
                             tensor::toString(slope.shape()), tensor::toString(x.shape()));
    return combineNumbers(context, [](auto a, auto b) { return a < 0 ? wrappingMultiply(a, b) : a; });
}

// Below 0: dx = slope * dy, dslope = x * dy. Else dx = dy.
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient(), x = context.input(0), zero = context.scalar(0);
    const auto negative = context.emit("Less", {x, zero});
    if (context.wants(0)) context.set(0, context.where(negative, context.mul(context.input(1), dy), dy));
    if (context.wants(1)) context.setReduced(1, context.where(negative, context.mul(x, dy), zero));
    return {};
}

}  // namespace

Op pReluOp() {
    return {.name = "PRelu",
            .sinceVersion = 16,
            .family = Family::activation,
            .summary = "y = x for x >= 0, else slope * x",
            .inputs = {{"X", kNumbers, "T"}, {"slope", kNumbers, "T"}},
            .outputs = {{"Y", kNumbers, "T"}},
            .attributes = {},
            .infer = infer,
            .cost = elementwiseCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
