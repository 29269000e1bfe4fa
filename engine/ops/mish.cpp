// Mish: y = x * tanh(ln(1 + e^x))  (Misra 2019); elementwise.
#include <algorithm>
#include <cmath>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) {
        return x * std::tanh(std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))));
    });
}

// With t = tanh(softplus(x)): dy/dx = t + x * sigmoid(x) * (1 - t^2)
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    const auto x = context.input(0);
    const auto t = context.emit("Tanh", {context.emit("Softplus", {x})});
    const auto rest = context.sub(context.scalar(1), context.mul(t, t));
    const auto bend = context.mul(context.mul(x, context.emit("Sigmoid", {x})), rest);
    context.set(0, context.mul(dy, context.add(t, bend)));
    return {};
}

}  // namespace

Op mishOp() {
    return {.name = "Mish",
            .sinceVersion = 22,
            .family = Family::activation,
            .summary = "y = x * tanh(softplus(x))",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = transcendentalCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
