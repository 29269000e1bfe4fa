// com.microsoft FusedConv: y = activation(conv(X, W) + B + Z).
#include "engine/ops/op.h"
#include "engine/ops/support_activation.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_convolution.h"
#include "engine/ops/support_q_linear.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    auto shape = convolutionShape(context, 0, 1);
    if (!shape) return shape.error();
    if (*shape)
        if (auto ok = checkChannelVector(context, 2, "bias", **shape); !ok) return ok;
    context.setOutput(0, context.element(0), std::move(*shape));
    return {};
}

Cost cost(const CostContext& context) { return macCost(context, convolutionMacs(context, 1)); }

// The parameters of the activation are one list, in order.
base::Status activate(const EvalContext& context, Reals& y) {
    const auto name = context.attributes().text("activation", "");
    if (name.empty()) return {};
    const auto* info = findActivation(name);
    if (!info) return context.error("activation {} is not known", name);
    const auto given = context.attributes().reals("activation_params");
    const auto parameter = [&](size_t i, double otherwise) {
        return i < given.size() ? static_cast<double>(given[i]) : otherwise;
    };
    const Activation activation(info->kind, parameter(0, info->defaultAlpha),
                                parameter(1, info->defaultBeta));
    for (auto& value : y) value = activation(value);
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto plan = planConvolution(context, x, context.in(1));
    if (!plan) return plan.error();
    if (auto ok = checkSize(context, plan->outputShape); !ok) return ok;
    const int64_t channels = plan->groups * plan->outPerGroup, plane = plan->runs.outputCount;
    const Reals bias = realsOr(context, 2, channels, 0);
    if (static_cast<int64_t>(bias.size()) != channels)
        return context.error("bias has {} items, expected {}", bias.size(), channels);
    if (context.has(3) && !(context.in(3).shape() == plan->outputShape))
        return context.error("Z {} must have the shape {} of the result",
                             tensor::toString(context.in(3).shape()), tensor::toString(plan->outputShape));
    Reals y = realsOr(context, 3, plan->batch * channels * plane, 0);
    for (size_t i = 0; i < y.size(); ++i)
        y[i] += bias[i / static_cast<size_t>(plane) % static_cast<size_t>(channels)];
    convolve<double>(*plan, reals(x), reals(context.in(1)), y);
    if (auto ok = activate(context, y); !ok) return ok;
    return setReals(context, 0, x.type(), plan->outputShape, y);
}

}  // namespace

Op comMicrosoftFusedConvOp() {
    auto attributes = windowAttributes();
    attributes.push_back(integerAttribute("group", 1, "number of groups the channels are split into"));
    attributes.push_back(
        textAttribute("activation", "", "Relu, Tanh, Sigmoid, LeakyRelu, Clip or HardSigmoid"));
    attributes.push_back(realsAttribute("activation_params", "parameters of the activation"));
    return {.name = "FusedConv",
            .domain = kMicrosoft,
            .family = Family::convolution,
            .summary = "y = activation(conv(X, W) + B + Z)",
            .inputs = {{"X", kFloats, "T"},
                       {"W", kFloats, "T"},
                       {"B", kFloats, "T", Presence::optional},
                       {"Z", kFloats, "T", Presence::optional}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = std::move(attributes),
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
