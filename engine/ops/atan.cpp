// Atan: y = arctan(x) in radians; elementwise.
#include <cmath>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) { return std::atan(x); });
}

// dx = dy / (1 + x^2)
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    const auto x = context.input(0);
    const auto one = context.scalar(1);
    const auto square = context.mul(x, x);
    context.set(0, context.div(dy, context.add(one, square)));
    return {};
}

}  // namespace

Op atanOp() {
    return {.name = "Atan",
            .sinceVersion = 22,
            .family = Family::elementwise,
            .summary = "y = arctan(x)",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = transcendentalCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
