// com.microsoft QLinearAveragePool: Y = quantize(mean of each window of dequantize(X)); channels are axis 1,
// or with channels_last the last axis.
#include <algorithm>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_pool.h"
#include "engine/ops/support_q_linear.h"

namespace lathe::ops {
namespace {

bool channelsLast(const ir::Attributes& attributes) { return attributes.integer("channels_last", 0) != 0; }

// The last axis becomes axis 1, or back.
template <typename Shape>
Shape withChannelsFirst(Shape shape) {
    std::rotate(shape.begin() + 1, shape.end() - 1, shape.end());
    return shape;
}
template <typename Shape>
Shape withChannelsLast(Shape shape) {
    std::rotate(shape.begin() + 1, shape.begin() + 2, shape.end());
    return shape;
}

// [batch, rows, columns] to [batch, columns, rows].
Reals turned(const Reals& values, int64_t batch, int64_t rows, int64_t columns) {
    Reals result;
    result.reserve(values.size());
    for (int64_t n = 0; n < batch; ++n)
        for (int64_t j = 0; j < columns; ++j)
            for (int64_t i = 0; i < rows; ++i)
                result.push_back(values[static_cast<size_t>((n * rows + i) * columns + j)]);
    return result;
}

base::Status infer(InferContext& context) {
    const auto* x = context.shape(0);
    if (!x) {
        context.setOutput(0, context.element(0), {});
        return {};
    }
    const bool last = channelsLast(context.attributes()) && x->size() > 2;
    auto shape = poolShape(context, last ? withChannelsFirst(*x) : *x);
    if (!shape) return shape.error();
    context.setOutput(0, context.element(0), last ? withChannelsLast(*shape) : *shape);
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
    const bool last = channelsLast(context.attributes()) && x.rank() > 2;
    const auto inputShape = last ? withChannelsFirst(x.shape()) : x.shape();
    const auto plan = planPool(context, inputShape);
    if (!plan) return plan.error();
    if (auto ok = checkSize(context, plan->outputShape); !ok) return ok;
    auto in = dequantizedInput(context, 0, 1, 2);
    if (!in) return in.error();
    const int64_t batch = inputShape[0], channels = inputShape[1];
    if (last) *in = turned(*in, batch, plan->runs.inputCount, channels);
    auto y = averages(*plan, *in, context.attributes().integer("count_include_pad", 0) != 0);
    if (last) y = turned(y, batch, channels, plan->runs.outputCount);
    const auto shape = last ? withChannelsLast(plan->outputShape) : plan->outputShape;
    return setQuantized(context, x.type(), shape, y, 3, 4);
}

}  // namespace

Op comMicrosoftQLinearAveragePoolOp() {
    auto attributes = poolAttributes();
    attributes.push_back(flagAttribute("count_include_pad", 0, "1: pads count as elements of the window"));
    attributes.push_back(flagAttribute("channels_last", 0, "1: channels are the last axis"));
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
