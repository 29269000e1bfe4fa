// AveragePool: y = sum of the window / number of its elements inside the input, or with count_include_pad
// inside the padded input.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_pool.h"
#include "engine/ops/support_reals.h"
#include "engine/ops/support_slide_gradient.h"

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

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto plan = planPool(context, x);
    if (!plan) return plan.error();
    if (auto ok = checkSize(context, plan->outputShape); !ok) return ok;
    const auto y = averages(*plan, reals(x), context.attributes().integer("count_include_pad", 0) != 0);
    return setReals(context, 0, x.type(), plan->outputShape, y);
}

// Each element of a window gets dy divided by the number of elements counted there: a window of ones spreads
// that back, plane by plane.
base::Status gradient(GradientContext& context) {
    auto& scope = context.scope();
    const auto geometry = slideGeometry(context, {});
    if (!geometry) return geometry.error();
    const auto counts =
        windowCounts(context, *geometry, context.attributes().integer("count_include_pad", 0) != 0);
    if (!counts) return counts.error();
    const auto share = context.div(context.outputGradient(), *counts);
    const auto planes = context.emit(
        "Concat", {context.integers({-1, 1}), scope.shapeOf(context.output(), 2)}, {{"axis", int64_t{0}}});
    const auto rows = context.emit("Reshape", {share, planes});
    const auto back = spreadBack(context, *geometry, rows, windowOfOnes(context, *geometry), 1);
    context.set(0, scope.reshapeLike(back, context.input(0)));
    return {};
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
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
