// Exp: y = e^x; elementwise.
#include <cmath>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) { return std::exp(x); });
}

// dx = dy * y
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    context.set(0, context.mul(dy, context.output()));
    return {};
}

}  // namespace

Op expOp() {
    return {.name = "Exp",
            .sinceVersion = 13,
            .family = Family::elementwise,
            .summary = "y = exp(x)",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = transcendentalCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
