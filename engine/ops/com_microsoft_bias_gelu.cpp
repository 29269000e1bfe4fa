// com.microsoft BiasGelu: y = x/2 (1 + erf(x/sqrt(2))), with x = A + B over the last axis.
#include <cmath>
#include <numbers>

#include "engine/ops/op.h"
#include "engine/ops/support_q_linear.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto *x = context.shape(0), *bias = context.shape(1);
    if (x && bias) {
        if (bias->size() != 1) return context.error("the bias has {} dimensions, expected 1", bias->size());
        if (x->empty() || (x->back().isKnown() && bias->front().isKnown() && !same(x->back(), bias->front())))
            return context.error("the bias {} does not fit the input {}", ir::toString(*bias),
                                 ir::toString(*x));
    }
    return inferSameAsFirst(context);
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    Reals y = reals(x);
    const Reals bias = reals(context.in(1));
    if (bias.empty() || x.rank() < 1 || static_cast<int64_t>(bias.size()) != x.shape().back())
        return context.error("the bias has {} items for an input {}", bias.size(),
                             tensor::toString(x.shape()));
    for (size_t i = 0; i < y.size(); ++i) y[i] += bias[i % bias.size()];
    for (auto& value : y) value = 0.5 * value * (1 + std::erf(value / std::numbers::sqrt2));
    return setReals(context, 0, x.type(), x.shape(), y);
}

}  // namespace

Op comMicrosoftBiasGeluOp() {
    return {.name = "BiasGelu",
            .domain = kMicrosoft,
            .family = Family::activation,
            .summary = "y = x/2 (1 + erf(x/sqrt(2)))",
            .inputs = {{"A", kFloats, "T"}, {"B", kFloats, "T"}},
            .outputs = {{"C", kFloats, "T"}},
            .attributes = {},
            .infer = infer,
            .cost = transcendentalCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
