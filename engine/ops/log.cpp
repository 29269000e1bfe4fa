// Log: y = ln(x); -infinity at 0, NaN below; elementwise.
#include <cmath>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) { return std::log(x); });
}

// dx = dy / x
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    context.set(0, context.div(dy, context.input(0)));
    return {};
}

}  // namespace

Op logOp() {
    return {.name = "Log",
            .sinceVersion = 13,
            .family = Family::elementwise,
            .summary = "y = ln(x)",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = transcendentalCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
