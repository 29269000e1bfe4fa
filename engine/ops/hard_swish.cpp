// HardSwish: y = x * max(0, min(1, x / 6 + 1/2))  (Howard et al. 2019); elementwise.
#include <algorithm>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) { return x * std::clamp(x / 6 + 0.5, 0.0, 1.0); });
}

// dy/dx = x/3 + 1/2 for -3 < x < 3, 0 before and 1 behind
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    const auto x = context.input(0);
    const auto middle = context.add(context.div(x, context.scalar(3)), context.scalar(0.5));
    const auto above = context.emit("GreaterOrEqual", {x, context.scalar(3)});
    const auto below = context.emit("LessOrEqual", {x, context.scalar(-3)});
    const auto upper = context.where(above, context.scalar(1), middle);
    context.set(0, context.mul(dy, context.where(below, context.scalar(0), upper)));
    return {};
}

}  // namespace

Op hardSwishOp() {
    return {.name = "HardSwish",
            .sinceVersion = 22,
            .family = Family::activation,
            .summary = "y = x * max(0, min(1, x / 6 + 0.5))",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = elementwiseCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
