// GlobalMaxPool: y[n, c] = largest element of x[n, c].
#include <algorithm>
#include <limits>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_pool.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto plan = planGlobalPool(context, x);
    if (!plan) return plan.error();
    const Reals in = reals(x);
    Reals y(static_cast<size_t>(plan->planes), -std::numeric_limits<double>::infinity());
    for (size_t plane = 0; plane < y.size(); ++plane) {
        const auto values =
            std::span(in).subspan(plane * static_cast<size_t>(plan->size), static_cast<size_t>(plan->size));
        for (const double value : values) y[plane] = std::max(y[plane], value);
    }
    return setReals(context, 0, x.type(), plan->outputShape, y);
}

// dy goes to the elements that are the greatest, in equal parts.
base::Status gradient(GradientContext& context) {
    const auto x = context.input(0);
    const auto taken = context.scope().castLike(context.emit("Equal", {x, context.output()}), x);
    const auto count = context.reduced(taken, context.output());
    context.set(0, context.mul(taken, context.div(context.outputGradient(), count)));
    return {};
}

}  // namespace

Op globalMaxPoolOp() {
    return {.name = "GlobalMaxPool",
            .sinceVersion = 22,
            .family = Family::pooling,
            .summary = "y = largest element over all spatial axes",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferGlobalPool,
            .cost = reductionCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
