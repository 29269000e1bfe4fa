// Celu: y = max(0, x) + min(0, alpha * (e^(x/alpha) - 1))  (Barron 2017); elementwise.
#include <algorithm>
#include <cmath>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    const double alpha = static_cast<double>(context.attributes().real("alpha", 1.0f));
    if (alpha == 0) return context.error("alpha is 0; it must not be");
    return mapReals(
        context, [=](double x) { return std::max(0.0, x) + std::min(0.0, alpha * std::expm1(x / alpha)); });
}

// dy/dx = 1 for x >= 0, else y / alpha + 1
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    const auto alpha = context.scalar(static_cast<double>(context.attributes().real("alpha", 1)));
    const auto one = context.scalar(1);
    const auto negative = context.emit("Less", {context.input(0), context.scalar(0)});
    const auto curve = context.add(context.div(context.output(), alpha), one);
    context.set(0, context.mul(dy, context.where(negative, curve, one)));
    return {};
}

}  // namespace

Op celuOp() {
    return {.name = "Celu",
            .sinceVersion = 12,
            .family = Family::activation,
            .summary = "y = max(0, x) + min(0, alpha * (exp(x / alpha) - 1))",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {realAttribute("alpha", 1.0, "where the negative side levels off; not 0")},
            .infer = inferSameAsFirst,
            .cost = transcendentalCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
