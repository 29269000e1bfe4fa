// Tan: y = tan(x), x in radians; elementwise.
#include <cmath>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) { return std::tan(x); });
}

// dx = dy * (1 + y^2)
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    const auto y = context.output();
    context.set(0, context.mul(dy, context.add(context.scalar(1), context.mul(y, y))));
    return {};
}

}  // namespace

Op tanOp() {
    return {.name = "Tan",
            .sinceVersion = 22,
            .family = Family::elementwise,
            .summary = "y = tan(x)",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = transcendentalCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
