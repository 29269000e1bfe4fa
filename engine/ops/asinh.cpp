// Asinh: y = arsinh(x); elementwise.
#include <cmath>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) { return std::asinh(x); });
}

// dx = dy / sqrt(x^2 + 1)
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    const auto x = context.input(0);
    const auto one = context.scalar(1);
    const auto square = context.mul(x, x);
    context.set(0, context.div(dy, context.emit("Sqrt", {context.add(square, one)})));
    return {};
}

}  // namespace

Op asinhOp() {
    return {.name = "Asinh",
            .sinceVersion = 22,
            .family = Family::elementwise,
            .summary = "y = arsinh(x)",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = transcendentalCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
