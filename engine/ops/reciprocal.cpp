// Reciprocal: y = 1 / x; infinite at 0; elementwise.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) { return 1 / x; });
}

// dx = -dy * y^2
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    const auto y = context.output();
    context.set(0, context.neg(context.mul(dy, context.mul(y, y))));
    return {};
}

}  // namespace

Op reciprocalOp() {
    return {.name = "Reciprocal",
            .sinceVersion = 13,
            .family = Family::elementwise,
            .summary = "y = 1 / x",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = elementwiseCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
