// PRelu: y = x for x >= 0, else slope * x; slope broadcasts to the shape of x  (He et al. 2015).
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
            .evaluate = evaluate};
}

}  // namespace lathe::ops
