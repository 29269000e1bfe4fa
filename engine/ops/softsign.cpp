// Softsign: y = x / (1 + |x|); elementwise.
#include <cmath>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) { return x / (1 + std::abs(x)); });
}

// dx = dy / (1 + |x|)^2
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    const auto width = context.add(context.scalar(1), context.emit("Abs", {context.input(0)}));
    context.set(0, context.div(dy, context.mul(width, width)));
    return {};
}

}  // namespace

Op softsignOp() {
    return {.name = "Softsign",
            .sinceVersion = 22,
            .family = Family::activation,
            .summary = "y = x / (1 + |x|)",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = elementwiseCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
