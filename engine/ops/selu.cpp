// Selu: y = gamma * (x for x > 0, else alpha * (e^x - 1))  (Klambauer et al. 2017); elementwise.
#include <cmath>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    const double alpha = static_cast<double>(context.attributes().real("alpha", 1.67326319217681884765625f));
    const double gamma = static_cast<double>(context.attributes().real("gamma", 1.05070102214813232421875f));
    return mapReals(context, [=](double x) { return gamma * (x > 0 ? x : alpha * std::expm1(x)); });
}

// dy/dx = gamma for x > 0, else y + gamma * alpha
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    const auto alpha =
        context.scalar(static_cast<double>(context.attributes().real("alpha", 1.67326319217681884765625f)));
    const auto gamma =
        context.scalar(static_cast<double>(context.attributes().real("gamma", 1.05070102214813232421875f)));
    const auto positive = context.emit("Greater", {context.input(0), context.scalar(0)});
    const auto curve = context.add(context.output(), context.mul(gamma, alpha));
    context.set(0, context.mul(dy, context.where(positive, gamma, curve)));
    return {};
}

}  // namespace

Op seluOp() {
    return {.name = "Selu",
            .sinceVersion = 22,
            .family = Family::activation,
            .summary = "y = gamma * (x for x > 0, else alpha * (exp(x) - 1))",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {realAttribute("alpha", 1.67326319217681884765625,
                                         "where the negative side levels off"),
                           realAttribute("gamma", 1.05070102214813232421875, "scale of both sides")},
            .infer = inferSameAsFirst,
            .cost = transcendentalCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
