// HardSigmoid: y = alpha * x + beta, cut to [0, 1]; elementwise.
#include <algorithm>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    const double alpha = static_cast<double>(context.attributes().real("alpha", 0.2f));
    const double beta = static_cast<double>(context.attributes().real("beta", 0.5f));
    return mapReals(context, [=](double x) { return std::clamp(alpha * x + beta, 0.0, 1.0); });
}

// dx = alpha * dy inside the cut, else 0
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    const auto y = context.output(), zero = context.scalar(0);
    const auto alpha = context.scalar(static_cast<double>(context.attributes().real("alpha", 0.2f)));
    const auto inside = context.emit(
        "And", {context.emit("Greater", {y, zero}), context.emit("Less", {y, context.scalar(1)})});
    context.set(0, context.where(inside, context.mul(alpha, dy), zero));
    return {};
}

}  // namespace

Op hardSigmoidOp() {
    return {.name = "HardSigmoid",
            .sinceVersion = 22,
            .family = Family::activation,
            .summary = "y = max(0, min(1, alpha * x + beta))",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {realAttribute("alpha", 0.2, "slope"), realAttribute("beta", 0.5, "value at 0")},
            .infer = inferSameAsFirst,
            .cost = elementwiseCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
