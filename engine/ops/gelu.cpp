// Gelu: y = x * Phi(x) with the normal distribution Phi: x/2 * (1 + erf(x/sqrt(2))), or its approximation
// x/2 * (1 + tanh(sqrt(2/pi) * (x + 0.044715 x^3)))  (Hendrycks, Gimpel 2016).
#include <cmath>
#include <numbers>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    const auto approximate = context.attributes().text("approximate", "none");
    if (approximate == "tanh")
        return mapReals(context, [](double x) {
            return 0.5 * x * (1 + std::tanh(std::sqrt(2 / std::numbers::pi) * (x + 0.044715 * x * x * x)));
        });
    return mapReals(context, [](double x) { return 0.5 * x * (1 + std::erf(x / std::numbers::sqrt2)); });
}

// By erf: dy/dx = (1 + erf(x/sqrt(2)))/2 + x * exp(-x^2/2)/sqrt(2 pi).
ir::ValueId slopeByErf(GradientContext& context, ir::ValueId x) {
    const auto half = context.scalar(0.5);
    const auto tail = context.emit("Erf", {context.mul(x, context.scalar(std::sqrt(0.5)))});
    const auto bell = context.emit("Exp", {context.neg(context.mul(half, context.mul(x, x)))});
    const auto density = context.mul(context.scalar(1 / std::sqrt(2 * std::numbers::pi)), bell);
    return context.add(context.mul(half, context.add(context.scalar(1), tail)), context.mul(x, density));
}

// By tanh of u = c (x + a x^3): dy/dx = (1 + tanh(u))/2 + x/2 * (1 - tanh(u)^2) * c (1 + 3 a x^2).
ir::ValueId slopeByTanh(GradientContext& context, ir::ValueId x) {
    constexpr double kCube = 0.044715;
    const auto half = context.scalar(0.5), one = context.scalar(1);
    const auto factor = context.scalar(std::sqrt(2 / std::numbers::pi));
    const auto square = context.mul(x, x);
    const auto curve = context.add(one, context.mul(context.scalar(kCube), square));
    const auto t = context.emit("Tanh", {context.mul(factor, context.mul(x, curve))});
    const auto inner = context.mul(factor, context.add(one, context.mul(context.scalar(3 * kCube), square)));
    const auto bend = context.mul(context.sub(one, context.mul(t, t)), inner);
    return context.mul(half, context.add(context.add(one, t), context.mul(x, bend)));
}

base::Status gradient(GradientContext& context) {
    const auto x = context.input(0);
    const bool byTanh = context.attributes().text("approximate", "none") == "tanh";
    const auto slope = byTanh ? slopeByTanh(context, x) : slopeByErf(context, x);
    context.set(0, context.mul(context.outputGradient(), slope));
    return {};
}

}  // namespace

Op geluOp() {
    return {.name = "Gelu",
            .sinceVersion = 20,
            .family = Family::activation,
            .summary = "y = x / 2 * (1 + erf(x / sqrt(2)))",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {choiceAttribute("approximate", {"none", "tanh"}, "none",
                                           "the exact function or the tanh approximation")},
            .infer = inferSameAsFirst,
            .cost = transcendentalCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
