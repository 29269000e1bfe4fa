// Sigmoid: y = 1 / (1 + e^-x); elementwise.
#include <cmath>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) { return 1 / (1 + std::exp(-x)); });
}

// dx = dy * y * (1 - y)
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    const auto y = context.output();
    context.set(0, context.mul(dy, context.mul(y, context.sub(context.scalar(1), y))));
    return {};
}

}  // namespace

Op sigmoidOp() {
    return {.name = "Sigmoid",
            .sinceVersion = 13,
            .family = Family::activation,
            .summary = "y = 1 / (1 + exp(-x))",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = transcendentalCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
