// LogSoftmax: y = x - max - ln(sum of e^(x - max)) along one axis.
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
        for (const double x : lane) sum += std::exp(x - highest);
        for (double& x : lane) x = x - highest - std::log(sum);
    });
}

// dx = dy - exp(y) * sum of dy along the axis
base::Status gradient(GradientContext& context) {
    const int64_t axis = context.attributes().integer("axis", -1);
    const auto dy = context.outputGradient();
    const auto part = context.mul(context.emit("Exp", {context.output()}), context.sum(dy, {axis}, true));
    context.set(0, context.sub(dy, part));
    return {};
}

}  // namespace

Op logSoftmaxOp() {
    return {.name = "LogSoftmax",
            .sinceVersion = 13,
            .family = Family::activation,
            .summary = "y = ln(softmax(x)) along an axis",
            .inputs = {{"input", kFloats, "T"}},
            .outputs = {{"output", kFloats, "T"}},
            .attributes = {integerAttribute("axis", -1, "axis of the lanes")},
            .infer = inferLanes,
            .cost = transcendentalCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
