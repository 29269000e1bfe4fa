// AveragePool: y = sum of the window / number of its elements inside the input, or with count_include_pad
// inside the padded input.
#include <algorithm>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_index.h"
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

// How many elements each window has. A window that ceil_mode lets reach behind the pads does not count what
// lies there.
Reals windowSizes(const PoolPlan& plan, bool includePads) {
    const auto& [window, input, output] = plan.placed;
    Reals sizes(static_cast<size_t>(plan.runs.outputCount), 1);
    std::vector<int64_t> position(output.size(), 0);
    for (auto& size : sizes) {
        for (size_t i = 0; i < output.size(); ++i) {
            const int64_t low = includePads ? -window.padsBefore[i] : 0;
            const int64_t high = input[i] + (includePads ? window.padsAfter[i] : 0);
            int64_t count = 0;
            for (int64_t k = 0; k < window.kernel[i]; ++k) {
                const int64_t at =
                    position[i] * window.strides[i] - window.padsBefore[i] + k * window.dilations[i];
                count += at >= low && at < high;
            }
            size *= static_cast<double>(count);
        }
        nextIndex(position, output);
    }
    return sizes;
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto plan = planPool(context, x);
    if (!plan) return plan.error();
    if (auto ok = checkSize(context, plan->outputShape); !ok) return ok;
    const Reals in = reals(x);
    const Reals sizes = windowSizes(*plan, context.attributes().integer("count_include_pad", 0) != 0);
    Reals y(static_cast<size_t>(plan->planes) * sizes.size(), 0);
    const auto& runs = plan->runs;
    for (int64_t plane = 0; plane < plan->planes; ++plane) {
        const double* from = in.data() + plane * runs.inputCount;
        double* to = y.data() + plane * runs.outputCount;
        for (const auto& list : runs.runs)
            for (const auto& run : list)
                for (int64_t j = 0; j < run.count; ++j) to[run.output + j] += from[run.input + j * runs.step];
        for (size_t i = 0; i < sizes.size(); ++i) to[i] /= sizes[i];
    }
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
