// Conv: y[n, m, o] = b[m] + sum over c, k of x[n, c, o*stride + k*dilation - pad] * w[m, c, k].
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_convolution.h"
#include "engine/ops/support_reals.h"
#include "engine/ops/support_slide_gradient.h"

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

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    auto plan = planConvolution(context, x, context.in(1));
    if (!plan) return plan.error();
    if (auto ok = checkSize(context, plan->outputShape); !ok) return ok;
    const int64_t channels = plan->groups * plan->outPerGroup;
    const Reals bias = realsOr(context, 2, channels, 0);
    if (static_cast<int64_t>(bias.size()) != channels)
        return context.error("bias has {} items, expected {}", bias.size(), channels);
    const int64_t plane = plan->runs.outputCount;
    Reals y(static_cast<size_t>(plan->batch * channels * plane));
    for (size_t i = 0; i < y.size(); ++i)
        y[i] = bias[i / static_cast<size_t>(plane) % static_cast<size_t>(channels)];
    convolve<double>(*plan, reals(x), reals(context.in(1)), y);
    return setReals(context, 0, x.type(), plan->outputShape, y);
}

// dx spreads dy by the weight, dw meets x with dy, db sums dy.
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient(), x = context.input(0), w = context.input(1);
    const auto geometry = slideGeometry(context, w);
    if (!geometry) return geometry.error();
    const int64_t groups = context.attributes().integer("group", 1);
    if (context.wants(0)) context.set(0, spreadBack(context, *geometry, dy, w, groups));
    if (context.wants(1)) context.set(1, meetKernel(context, *geometry, x, dy, groups));
    if (context.wants(2)) {
        std::vector<int64_t> axes{0};
        for (size_t i = 0; i < geometry->window.rank(); ++i) axes.push_back(static_cast<int64_t>(i) + 2);
        context.set(2, context.sum(dy, axes, false));
    }
    return {};
}

}  // namespace

Op convOp() {
    auto attributes = windowAttributes();
    attributes.push_back(integerAttribute("group", 1, "number of groups the channels are split into"));
    return {.name = "Conv",
            .sinceVersion = 22,
            .family = Family::convolution,
            .summary = "Convolution: y = b + sum of x shifted times w",
            .inputs = {{"X", kFloats, "T"}, {"W", kFloats, "T"}, {"B", kFloats, "T", Presence::optional}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = std::move(attributes),
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
