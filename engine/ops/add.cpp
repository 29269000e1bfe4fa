// Add: c = a + b, broadcast; integers wrap around.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_contents.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    return inferArithmetic(context, [](const ir::Dim& a, const ir::Dim& b) { return a + b; });
}

base::Status evaluate(EvalContext& context) {
    return combineNumbers(context, [](auto a, auto b) { return wrappingAdd(a, b); });
}

// da = db = dy
base::Status gradient(GradientContext& context) {
    for (const size_t i : {0, 1})
        if (context.wants(i)) context.setReduced(i, context.outputGradient());
    return {};
}

}  // namespace

Op addOp() {
    return {.name = "Add",
            .sinceVersion = 14,
            .family = Family::elementwise,
            .summary = "c = a + b",
            .inputs = {{"A", kNumbers, "T"}, {"B", kNumbers, "T"}},
            .outputs = {{"C", kNumbers, "T"}},
            .attributes = {},
            .infer = infer,
            .cost = elementwiseCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
