// Sinh: y = sinh(x); elementwise.
#include <cmath>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) { return std::sinh(x); });
}

// dx = dy * cosh(x)
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    context.set(0, context.mul(dy, context.emit("Cosh", {context.input(0)})));
    return {};
}

}  // namespace

Op sinhOp() {
    return {.name = "Sinh",
            .sinceVersion = 22,
            .family = Family::elementwise,
            .summary = "y = sinh(x)",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = transcendentalCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
