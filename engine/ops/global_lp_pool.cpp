// GlobalLpPool: y[n, c] = (sum of |x[n, c]|^p)^(1/p).
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
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
    const auto p = static_cast<double>(context.attributes().integer("p", 2));
    for (size_t plane = 0; plane < y.size(); ++plane) {
        const auto values =
            std::span(in).subspan(plane * static_cast<size_t>(plan->size), static_cast<size_t>(plan->size));
        for (const double value : values) y[plane] += std::pow(std::abs(value), p);
        y[plane] = std::pow(y[plane], 1 / p);
    }
    return setReals(context, 0, x.type(), plan->outputShape, y);
}

}  // namespace

Op globalLpPoolOp() {
    return {.name = "GlobalLpPool",
            .sinceVersion = 22,
            .family = Family::pooling,
            .summary = "y = p-norm over all spatial axes",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {integerAttribute("p", 2, "exponent of the norm")},
            .infer = inferGlobalPool,
            .cost = reductionCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
