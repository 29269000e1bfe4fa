// Sum: the sum of the inputs at each place, broadcast.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return foldNumbers(
        context, [](auto a, auto b) { return wrappingAdd(a, b); }, [](auto value, size_t) { return value; });
}

// Each input gets dy.
base::Status gradient(GradientContext& context) {
    for (size_t i = 0; i < context.inputCount(); ++i)
        if (context.wants(i)) context.setReduced(i, context.outputGradient());
    return {};
}

}  // namespace

Op sumOp() {
    return {.name = "Sum",
            .sinceVersion = 13,
            .family = Family::elementwise,
            .summary = "y = x0 + x1 + ...",
            .inputs = {{"data_0", kFloats, "T", Presence::variadic}},
            .outputs = {{"sum", kFloats, "T"}},
            .attributes = {},
            .infer = inferBroadcast,
            .cost = foldCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
