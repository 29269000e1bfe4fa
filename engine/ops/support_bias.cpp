#include "engine/ops/support_bias.h"

namespace lathe::ops {

base::Status checkLastAxisBias(const InferContext& context) {
    const auto *x = context.shape(0), *bias = context.shape(1);
    if (!x || !bias) return {};
    if (bias->size() != 1) return context.error("the bias has {} dimensions, expected 1", bias->size());
    if (x->empty() || (x->back().isKnown() && bias->front().isKnown() && !same(x->back(), bias->front())))
        return context.error("the bias {} does not fit the input {}", ir::toString(*bias), ir::toString(*x));
    return {};
}

base::Result<Reals> biased(const EvalContext& context) {
    const auto& x = context.in(0);
    Reals y = reals(x);
    if (!context.has(1)) return y;
    const Reals bias = reals(context.in(1));
    if (x.rank() < 1 || static_cast<int64_t>(bias.size()) != x.shape().back())
        return context.error("the bias has {} items for an input {}", bias.size(),
                             tensor::toString(x.shape()));
    for (size_t i = 0; i < y.size(); ++i) y[i] += bias[i % bias.size()];
    return y;
}

}  // namespace lathe::ops
