// Erf: y = erf(x) = 2/sqrt(pi) * integral of exp(-t^2) from 0 to x; elementwise.
#include <cmath>
#include <numbers>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) { return std::erf(x); });
}

// dx = dy * 2 / sqrt(pi) * exp(-x^2)
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    const auto x = context.input(0);
    const auto bell = context.emit("Exp", {context.neg(context.mul(x, x))});
    context.set(0, context.mul(dy, context.mul(context.scalar(2 / std::sqrt(std::numbers::pi)), bell)));
    return {};
}

}  // namespace

Op erfOp() {
    return {.name = "Erf",
            .sinceVersion = 13,
            .family = Family::elementwise,
            .summary = "y = erf(x)",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = transcendentalCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
