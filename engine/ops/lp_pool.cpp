// LpPool: y = (sum over the window of |x|^p)^(1/p).
#include <cmath>

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
    cost.operations = 2 * context.outputElements();
    for (const auto k : context.attributes->integers("kernel_shape"))
        cost.operations *= static_cast<double>(k);
    return cost;
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto plan = planPool(context, x);
    if (!plan) return plan.error();
    if (auto ok = checkSize(context, plan->outputShape); !ok) return ok;
    const auto& runs = plan->runs;
    const auto p = static_cast<double>(context.attributes().integer("p", 2));
    Reals in = reals(x);
    for (auto& value : in) value = std::pow(std::abs(value), p);
    Reals y(static_cast<size_t>(plan->planes * runs.outputCount), 0);
    for (int64_t plane = 0; plane < plan->planes; ++plane) {
        const double* from = in.data() + plane * runs.inputCount;
        double* to = y.data() + plane * runs.outputCount;
        for (const auto& list : runs.runs)
            for (const auto& run : list)
                for (int64_t j = 0; j < run.count; ++j) to[run.output + j] += from[run.input + j * runs.step];
    }
    for (auto& value : y) value = std::pow(value, 1 / p);
    return setReals(context, 0, x.type(), plan->outputShape, y);
}

}  // namespace

Op lpPoolOp() {
    auto attributes = poolAttributes();
    attributes.push_back(integerAttribute("p", 2, "exponent of the norm"));
    return {.name = "LpPool",
            .sinceVersion = 22,
            .family = Family::pooling,
            .summary = "y = p-norm of each window",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = std::move(attributes),
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
