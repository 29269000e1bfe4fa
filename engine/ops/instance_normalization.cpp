// InstanceNormalization: y = scale[c] * (x - mean) / sqrt(variance + epsilon) + B[c], moments of each x[n,
// c].
#include "engine/ops/gradient_context.h"
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

// With n = (x - mean) * r, r = 1/sqrt(var + epsilon) over each plane and g = dy * scale: dx = r * (g - mean
// of g - n * mean of g*n); dscale and dB are the sums of dy * n and dy by channel.
base::Status gradient(GradientContext& context) {
    auto& scope = context.scope();
    const auto x = context.input(0), dy = context.outputGradient();
    const int64_t rank = context.rank(x);
    if (rank < 3) return context.error("the rank of the input is not known");
    std::vector<int64_t> plane, others{0}, spread;
    for (int64_t i = 2; i < rank; ++i) {
        plane.push_back(i);
        others.push_back(i);
        spread.push_back(i - 1);
    }
    const auto mean = [&](ir::ValueId value) {
        return context.emit("ReduceMean", {value, scope.integers(std::span<const int64_t>(plane))},
                            {{"keepdims", int64_t{1}}});
    };
    if (context.wants(2)) context.set(2, context.sum(dy, others, false));
    if (!context.wants(0) && !context.wants(1)) return {};
    const auto epsilon = static_cast<double>(context.attributes().real("epsilon", 1e-5f));
    const auto centred = context.sub(x, mean(x));
    const auto variance = context.add(mean(context.mul(centred, centred)), context.scalar(epsilon));
    const auto factor = context.emit("Reciprocal", {context.emit("Sqrt", {variance})});
    const auto normal = context.mul(centred, factor);
    if (context.wants(1)) context.set(1, context.sum(context.mul(dy, normal), others, false));
    if (!context.wants(0)) return {};
    const auto scale =
        context.emit("Unsqueeze", {context.input(1), scope.integers(std::span<const int64_t>(spread))});
    const auto g = context.mul(dy, scale);
    const auto along = context.mul(normal, mean(context.mul(g, normal)));
    context.set(0, context.mul(factor, context.sub(context.sub(g, mean(g)), along)));
    return {};
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
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
