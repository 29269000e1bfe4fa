// com.microsoft QLinearAveragePool: Y = quantize(mean of each window of dequantize(X)).
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_pool.h"
#include "engine/ops/support_q_linear.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    if (context.attributes().integer("channels_last", 0) != 0)
        return context.error("channels_last is not supported. Transpose the input instead.");
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
    const auto in = dequantizedInput(context, 0, 1, 2);
    if (!in) return in.error();
    const auto y = averages(*plan, *in, context.attributes().integer("count_include_pad", 0) != 0);
    return setQuantized(context, x.type(), plan->outputShape, y, 3, 4);
}

}  // namespace

Op comMicrosoftQLinearAveragePoolOp() {
    auto attributes = poolAttributes();
    attributes.push_back(flagAttribute("count_include_pad", 0, "1: pads count as elements of the window"));
    attributes.push_back(flagAttribute("channels_last", 0, "only 0 is supported"));
    return {.name = "QLinearAveragePool",
            .domain = kMicrosoft,
            .family = Family::quantization,
            .summary = "Mean of each window of quantized numbers",
            .inputs = qLinearUnaryInputs(),
            .outputs = {{"Y", kBytes, "T"}},
            .attributes = std::move(attributes),
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
