// Softplus: y = ln(1 + e^x), written so that e^x does not overflow; elementwise.
#include <algorithm>
#include <cmath>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))); });
}

// dx = dy * sigmoid(x)
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    context.set(0, context.mul(dy, context.emit("Sigmoid", {context.input(0)})));
    return {};
}

}  // namespace

Op softplusOp() {
    return {.name = "Softplus",
            .sinceVersion = 22,
            .family = Family::activation,
            .summary = "y = ln(1 + exp(x))",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = transcendentalCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
