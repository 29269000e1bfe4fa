// Swish: y = x / (1 + e^(-alpha * x))  (Ramachandran et al. 2017); elementwise.
#include <cmath>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    const double alpha = static_cast<double>(context.attributes().real("alpha", 1.0f));
    return mapReals(context, [=](double x) { return x / (1 + std::exp(-alpha * x)); });
}

// With s = sigmoid(alpha x): dy/dx = s + alpha * y * (1 - s)
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    const auto alpha = context.scalar(static_cast<double>(context.attributes().real("alpha", 1)));
    const auto gate = context.emit("Sigmoid", {context.mul(alpha, context.input(0))});
    const auto rest = context.sub(context.scalar(1), gate);
    const auto bend = context.mul(context.mul(alpha, context.output()), rest);
    context.set(0, context.mul(dy, context.add(gate, bend)));
    return {};
}

}  // namespace

Op swishOp() {
    return {.name = "Swish",
            .sinceVersion = 24,
            .family = Family::activation,
            .summary = "y = x * sigmoid(alpha * x)",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {realAttribute("alpha", 1.0, "steepness of the gate")},
            .infer = inferSameAsFirst,
            .cost = transcendentalCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
