// Sin: y = sin(x), x in radians; elementwise.
#include <cmath>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) { return std::sin(x); });
}

// dx = dy * cos(x)
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    context.set(0, context.mul(dy, context.emit("Cos", {context.input(0)})));
    return {};
}

}  // namespace

Op sinOp() {
    return {.name = "Sin",
            .sinceVersion = 22,
            .family = Family::elementwise,
            .summary = "y = sin(x)",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = transcendentalCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
