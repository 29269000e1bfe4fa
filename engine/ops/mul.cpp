// Mul: c = a * b, broadcast; integers wrap around.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_contents.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    return inferArithmetic(context, [](const ir::Dim& a, const ir::Dim& b) { return a * b; });
}

base::Status evaluate(EvalContext& context) {
    return combineNumbers(context, [](auto a, auto b) { return wrappingMultiply(a, b); });
}

// da = dy * b, db = dy * a
base::Status gradient(GradientContext& context) {
    for (const size_t i : {0, 1})
        if (context.wants(i))
            context.setReduced(i, context.mul(context.outputGradient(), context.input(1 - i)));
    return {};
}

}  // namespace

Op mulOp() {
    return {.name = "Mul",
            .sinceVersion = 14,
            .family = Family::elementwise,
            .summary = "c = a * b",
            .inputs = {{"A", kNumbers, "T"}, {"B", kNumbers, "T"}},
            .outputs = {{"C", kNumbers, "T"}},
            .attributes = {},
            .infer = infer,
            .cost = elementwiseCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
