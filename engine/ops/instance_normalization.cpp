// InstanceNormalization: y = scale[c] * (x - mean) / sqrt(variance + epsilon) + B[c], moments of each x[n,
// c].
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_normalize.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto* x = context.shape(0);
    if (x && x->size() < 3) return context.error("input has {} dimensions, expected at least 3", x->size());
    for (const size_t i : {1, 2}) {
        const auto* shape = context.shape(i);
        if (!shape) continue;
        if (shape->size() != 1)
            return context.error("{} has {} dimensions, expected 1", i == 1 ? "scale" : "B", shape->size());
        if (x && (*x)[1].isKnown() && (*shape)[0].isKnown() && !same((*x)[1], (*shape)[0]))
            return context.error("{} has {} items, expected {}", i == 1 ? "scale" : "B",
                                 (*shape)[0].toString(), (*x)[1].toString());
    }
    return inferSameAsFirst(context);
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    if (x.rank() < 3) return context.error("input has {} dimensions, expected at least 3", x.rank());
    const auto channels = static_cast<size_t>(x.shape()[1]);
    const Reals scale = reals(context.in(1)), shift = reals(context.in(2));
    if (scale.size() != channels || shift.size() != channels)
        return context.error("scale and B have {} and {} items, expected {}", scale.size(), shift.size(),
                             channels);
    const double epsilon = static_cast<double>(context.attributes().real("epsilon", 1e-5f));
    Reals y = reals(x);
    const size_t planes = static_cast<size_t>(x.shape()[0]) * channels;
    const size_t size = planes ? y.size() / planes : 0;
    for (size_t plane = 0; plane < planes; ++plane) {
        const auto row = std::span(y).subspan(plane * size, size);
        const auto [mean, factor] = moments(row, epsilon);
        for (auto& value : row)
            value = (value - mean) * factor * scale[plane % channels] + shift[plane % channels];
    }
    return setReals(context, 0, x.type(), x.shape(), y);
}

}  // namespace

Op instanceNormalizationOp() {
    return {.name = "InstanceNormalization",
            .sinceVersion = 22,
            .family = Family::normalization,
            .summary = "y = scale (x - mean) / sqrt(variance + epsilon) + B for each sample and channel",
            .inputs = {{"input", kFloats, "T"}, {"scale", kFloats, "T"}, {"B", kFloats, "T"}},
            .outputs = {{"output", kFloats, "T"}},
            .attributes = {realAttribute("epsilon", 1e-5, "added to the variance")},
            .infer = infer,
            .cost = normalizationCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
