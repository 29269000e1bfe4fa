// Mean: the mean of the inputs at each place, broadcast.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return foldNumbers(
        context, [](auto a, auto b) { return wrappingAdd(a, b); },
        [](auto value, size_t count) { return value / static_cast<decltype(value)>(count); });
}

// Each of n inputs gets dy / n.
base::Status gradient(GradientContext& context) {
    const auto count = context.scalar(static_cast<double>(context.inputCount()));
    const auto share = context.div(context.outputGradient(), count);
    for (size_t i = 0; i < context.inputCount(); ++i)
        if (context.wants(i)) context.setReduced(i, share);
    return {};
}

}  // namespace

Op meanOp() {
    return {.name = "Mean",
            .sinceVersion = 13,
            .family = Family::elementwise,
            .summary = "y = (x0 + x1 + ...) / n",
            .inputs = {{"data_0", kFloats, "T", Presence::variadic}},
            .outputs = {{"mean", kFloats, "T"}},
            .attributes = {},
            .infer = inferBroadcast,
            .cost = foldCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
