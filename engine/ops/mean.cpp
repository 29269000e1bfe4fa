// Mean: the mean of the inputs at each place, broadcast.
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

Cost cost(const CostContext& context) {
    auto cost = trafficCost(context);
    cost.operations = static_cast<double>(context.inputs.size()) * context.outputElements();
    return cost;
}

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
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
