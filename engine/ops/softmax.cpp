// Softmax: y = e^(x - max) / sum of e^(x - max) along one axis.
#include <cmath>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_lanes.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return changeLanes(context, [](std::span<double> lane) {
        const double highest = greatestOf(lane);
        double sum = 0;
        for (double& x : lane) sum += x = std::exp(x - highest);
        for (double& x : lane) x /= sum;
    });
}

// dx = y * (dy - sum of dy * y along the axis)
base::Status gradient(GradientContext& context) {
    const int64_t axis = context.attributes().integer("axis", -1);
    const auto dy = context.outputGradient(), y = context.output();
    const auto mean = context.sum(context.mul(dy, y), {axis}, true);
    context.set(0, context.mul(y, context.sub(dy, mean)));
    return {};
}

}  // namespace

Op softmaxOp() {
    return {.name = "Softmax",
            .sinceVersion = 13,
            .family = Family::activation,
            .summary = "y = exp(x) / sum of exp(x) along an axis",
            .inputs = {{"input", kFloats, "T"}},
            .outputs = {{"output", kFloats, "T"}},
            .attributes = {integerAttribute("axis", -1, "axis of the lanes")},
            .infer = inferLanes,
            .cost = transcendentalCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
