// LpNormalization: y = x / (p-norm of x along the axis); rows of zeros stay zeros.
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_index.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const int64_t axis = context.attributes().integer("axis", -1);
    if (const auto* x = context.shape(0); x && !tensor::normalizedAxis(axis, static_cast<int64_t>(x->size())))
        return context.error("axis {} is outside the {} dimensions of the input", axis, x->size());
    return inferSameAsFirst(context);
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto axis = tensor::normalizedAxis(context.attributes().integer("axis", -1), x.rank());
    if (!axis) return context.error("axis is outside the {} dimensions of the input", x.rank());
    const bool absolute = context.attributes().integer("p", 2) == 1;
    const auto split = splitAt(x.shape(), static_cast<size_t>(*axis));
    Reals y = reals(x);
    for (int64_t n = 0; n < split.outer; ++n)
        for (int64_t i = 0; i < split.inner; ++i) {
            double* first = y.data() + n * split.length * split.inner + i;
            double norm = 0;
            for (int64_t k = 0; k < split.length; ++k) {
                const double value = first[k * split.inner];
                norm += absolute ? std::abs(value) : value * value;
            }
            if (!absolute) norm = std::sqrt(norm);
            for (int64_t k = 0; k < split.length && norm != 0; ++k) first[k * split.inner] /= norm;
        }
    return setReals(context, 0, x.type(), x.shape(), y);
}

}  // namespace

Op lpNormalizationOp() {
    auto p = integerAttribute("p", 2, "exponent of the norm, 1 or 2");
    p.minimum = 1;
    p.maximum = 2;
    return {.name = "LpNormalization",
            .sinceVersion = 22,
            .family = Family::normalization,
            .summary = "y = x / p-norm of x along the axis",
            .inputs = {{"input", kFloats, "T"}},
            .outputs = {{"output", kFloats, "T"}},
            .attributes = {integerAttribute("axis", -1, "axis of the norm"), std::move(p)},
            .infer = infer,
            .cost = reductionCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
