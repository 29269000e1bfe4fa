// LeakyRelu: y = x for x >= 0, else alpha * x; elementwise.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    const double alpha = static_cast<double>(context.attributes().real("alpha", 0.01f));
    return mapReals(context, [=](double x) { return x < 0 ? alpha * x : x; });
}

// dx = dy for x >= 0, else alpha * dy
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    const auto alpha = context.scalar(static_cast<double>(context.attributes().real("alpha", 0.01f)));
    const auto negative = context.emit("Less", {context.input(0), context.scalar(0)});
    context.set(0, context.where(negative, context.mul(alpha, dy), dy));
    return {};
}

}  // namespace

Op leakyReluOp() {
    return {.name = "LeakyRelu",
            .sinceVersion = 16,
            .family = Family::activation,
            .summary = "y = x for x >= 0, else alpha * x",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {realAttribute("alpha", 0.01, "slope of the negative side")},
            .infer = inferSameAsFirst,
            .cost = elementwiseCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
