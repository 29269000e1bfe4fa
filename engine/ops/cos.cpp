// Cos: y = cos(x), x in radians; elementwise.
#include <cmath>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) { return std::cos(x); });
}

// dx = -dy * sin(x)
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    context.set(0, context.neg(context.mul(dy, context.emit("Sin", {context.input(0)}))));
    return {};
}

}  // namespace

Op cosOp() {
    return {.name = "Cos",
            .sinceVersion = 22,
            .family = Family::elementwise,
            .summary = "y = cos(x)",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = transcendentalCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
