// Sqrt: y = the square root of x; NaN below 0; elementwise.
#include <cmath>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) { return std::sqrt(x); });
}

// dx = dy / (2 y)
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    context.set(0, context.div(dy, context.mul(context.scalar(2), context.output())));
    return {};
}

}  // namespace

Op sqrtOp() {
    return {.name = "Sqrt",
            .sinceVersion = 13,
            .family = Family::elementwise,
            .summary = "y = sqrt(x)",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = elementwiseCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
