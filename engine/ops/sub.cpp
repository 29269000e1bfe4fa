// Sub: c = a - b, broadcast; integers wrap around.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_contents.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    return inferArithmetic(context, [](const ir::Dim& a, const ir::Dim& b) { return a - b; });
}

base::Status evaluate(EvalContext& context) {
    return combineNumbers(context, [](auto a, auto b) { return wrappingSubtract(a, b); });
}

// da = dy, db = -dy
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    if (context.wants(0)) context.setReduced(0, dy);
    if (context.wants(1)) context.set(1, context.neg(context.reduced(dy, context.input(1))));
    return {};
}

}  // namespace

Op subOp() {
    return {.name = "Sub",
            .sinceVersion = 14,
            .family = Family::elementwise,
            .summary = "c = a - b",
            .inputs = {{"A", kNumbers, "T"}, {"B", kNumbers, "T"}},
            .outputs = {{"C", kNumbers, "T"}},
            .attributes = {},
            .infer = infer,
            .cost = elementwiseCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
