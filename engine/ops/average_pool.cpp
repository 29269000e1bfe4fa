// AveragePool: y = sum of the window / number of its elements inside the input, or with count_include_pad
// inside the padded input.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_pool.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    auto shape = poolShape(context);
    if (!shape) return shape.error();
    context.setOutput(0, context.element(0), std::move(*shape));
    return {};
}

Cost cost(const CostContext& context) {
    auto cost = trafficCost(context);
    cost.operations = context.outputElements();
    for (const auto k : context.attributes->integers("kernel_shape"))
        cost.operations *= static_cast<double>(k);
    return cost;
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto plan = planPool(context, x);
    if (!plan) return plan.error();
    if (auto ok = checkSize(context, plan->outputShape); !ok) return ok;
    const auto y = averages(*plan, reals(x), context.attributes().integer("count_include_pad", 0) != 0);
    return setReals(context, 0, x.type(), plan->outputShape, y);
}

}  // namespace

Op averagePoolOp() {
    auto attributes = poolAttributes();
    attributes.push_back(flagAttribute("count_include_pad", 0, "1: pads count as elements of the window"));
    return {.name = "AveragePool",
            .sinceVersion = 22,
            .family = Family::pooling,
            .summary = "y = mean of each window",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = std::move(attributes),
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
