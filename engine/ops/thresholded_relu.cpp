// ThresholdedRelu: y = x for x > alpha, else 0; elementwise.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    const double alpha = static_cast<double>(context.attributes().real("alpha", 1.0f));
    return mapReals(context, [=](double x) { return x > alpha ? x : (x != x ? x : 0.0); });
}

// dx = dy above the threshold, else 0
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    const auto alpha = context.scalar(static_cast<double>(context.attributes().real("alpha", 1)));
    const auto above = context.emit("Greater", {context.input(0), alpha});
    context.set(0, context.where(above, dy, context.scalar(0)));
    return {};
}

}  // namespace

Op thresholdedReluOp() {
    return {.name = "ThresholdedRelu",
            .sinceVersion = 22,
            .family = Family::activation,
            .summary = "y = x for x > alpha, else 0",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {realAttribute("alpha", 1.0, "threshold")},
            .infer = inferSameAsFirst,
            .cost = elementwiseCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
