// GroupNormalization: y = scale[c] * (x - mean) / sqrt(variance + epsilon) + bias[c], moments over each
// sample's group of channels with all their spatial elements.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_normalize.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto* x = context.shape(0);
    const int64_t groups = context.attributes().integer("num_groups", 0);
    if (groups < 1) return context.error("num_groups is {}, expected at least 1", groups);
    if (x) {
        if (x->size() < 2) return context.error("input has {} dimensions, expected at least 2", x->size());
        if ((*x)[1].isKnown() && *(*x)[1].constant() % groups != 0)
            return context.error("{} channels do not divide into {} groups", (*x)[1].toString(), groups);
    }
    return inferSameAsFirst(context);
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const int64_t groups = context.attributes().integer("num_groups", 0);
    if (x.rank() < 2 || groups < 1 || x.shape()[1] % groups != 0)
        return context.error("input {} does not divide into {} groups", tensor::toString(x.shape()), groups);
    const auto channels = static_cast<size_t>(x.shape()[1]);
    const Reals scale = reals(context.in(1)), bias = reals(context.in(2));
    if (scale.size() != channels || bias.size() != channels)
        return context.error("scale and bias have {} and {} items, expected {}", scale.size(), bias.size(),
                             channels);
    const double epsilon = static_cast<double>(context.attributes().real("epsilon", 1e-5f));
    Reals y = reals(x);
    const auto rows = static_cast<size_t>(x.shape()[0] * groups);
    const size_t size = rows ? y.size() / rows : 0;
    const size_t plane = channels ? size * static_cast<size_t>(groups) / channels : 0;
    for (size_t i = 0; i < rows; ++i) {
        const auto row = std::span(y).subspan(i * size, size);
        const auto [mean, factor] = moments(row, epsilon);
        for (size_t j = 0; j < size; ++j) {
            const size_t c = (i * size + j) / plane % channels;
            row[j] = (row[j] - mean) * factor * scale[c] + bias[c];
        }
    }
    return setReals(context, 0, x.type(), x.shape(), y);
}

}  // namespace

Op groupNormalizationOp() {
    return {
        .name = "GroupNormalization",
        .sinceVersion = 21,
        .family = Family::normalization,
        .summary = "y = scale (x - mean) / sqrt(variance + epsilon) + bias for each group of channels",
        .inputs = {{"X", kFloats, "T"}, {"scale", kFloats, "T"}, {"bias", kFloats, "T"}},
        .outputs = {{"Y", kFloats, "T"}},
        .attributes = {realAttribute("epsilon", 1e-5, "added to the variance"),
                       requiredInteger("num_groups", "groups of channels"),
                       integerAttribute("stash_type", 1, "element type of the moments in other runtimes")},
        .infer = infer,
        .cost = normalizationCost,
        .evaluate = evaluate};
}

}  // namespace lathe::ops
