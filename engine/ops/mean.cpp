// Mean: the mean of the inputs at each place, broadcast.
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return foldNumbers(
        context, [](auto a, auto b) { return wrappingAdd(a, b); },
        [](auto value, size_t count) { return value / static_cast<decltype(value)>(count); });
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
            .evaluate = evaluate};
}

}  // namespace lathe::ops
