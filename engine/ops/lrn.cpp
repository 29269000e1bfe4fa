// LRN: y[n, c] = x[n, c] / (bias + alpha/size * s[n, c])^beta, where s sums the squares of the channels from
// c - floor((size - 1)/2) to c + ceil((size - 1)/2).
#include <algorithm>
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_index.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto* x = context.shape(0);
    if (x && x->size() < 2) return context.error("input has {} dimensions, expected at least 2", x->size());
    if (const auto size = context.attributes().integer("size", 0); size < 1)
        return context.error("size is {}, expected at least 1", size);
    return inferSameAsFirst(context);
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto& attributes = context.attributes();
    const int64_t size = attributes.integer("size", 0);
    if (x.rank() < 2 || size < 1)
        return context.error("input {} and size {} do not fit", tensor::toString(x.shape()), size);
    const double alpha = static_cast<double>(attributes.real("alpha", 1e-4f)),
                 beta = static_cast<double>(attributes.real("beta", 0.75f)),
                 bias = static_cast<double>(attributes.real("bias", 1));
    const auto split = splitAt(x.shape(), 1);
    const Reals in = reals(x);
    Reals y(in.size());
    for (int64_t n = 0; n < split.outer; ++n)
        for (int64_t c = 0; c < split.length; ++c) {
            const int64_t first = std::max<int64_t>(0, c - (size - 1) / 2);
            const int64_t last = std::min(split.length - 1, c + size / 2);
            for (int64_t i = 0; i < split.inner; ++i) {
                double sum = 0;
                for (int64_t k = first; k <= last; ++k) {
                    const double value = in[static_cast<size_t>((n * split.length + k) * split.inner + i)];
                    sum += value * value;
                }
                const auto at = static_cast<size_t>((n * split.length + c) * split.inner + i);
                y[at] = in[at] / std::pow(bias + alpha / static_cast<double>(size) * sum, beta);
            }
        }
    return setReals(context, 0, x.type(), x.shape(), y);
}

}  // namespace

Op lrnOp() {
    return {.name = "LRN",
            .sinceVersion = 13,
            .family = Family::normalization,
            .summary = "Local response normalisation across neighbouring channels",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {realAttribute("alpha", 1e-4, "factor of the mean square"),
                           realAttribute("beta", 0.75, "exponent"),
                           realAttribute("bias", 1, "added to the mean square"),
                           requiredInteger("size", "channels summed over")},
            .infer = infer,
            .cost = transcendentalCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
