// GlobalAveragePool: y[n, c] = mean of x[n, c] over all spatial axes.
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
    Reals y(static_cast<size_t>(plan->planes), 0);
    for (size_t plane = 0; plane < y.size(); ++plane) {
        const auto values =
            std::span(in).subspan(plane * static_cast<size_t>(plan->size), static_cast<size_t>(plan->size));
        for (const double value : values) y[plane] += value;
        y[plane] /= static_cast<double>(plan->size);
    }
    return setReals(context, 0, x.type(), plan->outputShape, y);
}

// dx = dy / n for each of the n elements of a plane
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    const auto x = context.input(0);
    const auto share = context.div(dy, context.ratio(x, context.output()));
    context.set(0, context.scope().expandLike(share, x));
    return {};
}

}  // namespace

Op globalAveragePoolOp() {
    return {.name = "GlobalAveragePool",
            .sinceVersion = 22,
            .family = Family::pooling,
            .summary = "y = mean over all spatial axes",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferGlobalPool,
            .cost = reductionCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
