// LayerNormalization: y = (x - mean) / sqrt(variance + epsilon) * scale + B, moments over the axes from
// `axis` to the last. Mean and InvStdDev keep those axes with size 1.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_index.h"
#include "engine/ops/support_normalize.h"

namespace lathe::ops {
namespace {

tensor::DataType stashType(const ir::Attributes& attributes) {
    return attributes.integer("stash_type", 1) == 16 ? tensor::DataType::bfloat16 : tensor::DataType::float32;
}

base::Status infer(InferContext& context) {
    const auto* x = context.shape(0);
    context.setOutput(0, context.type(0));
    const auto stash = stashType(context.attributes());
    if (!x) {
        for (const size_t i : {1, 2}) context.setOutput(i, stash, {});
        return {};
    }
    const int64_t given = context.attributes().integer("axis", -1);
    const auto axis = tensor::normalizedAxis(given, static_cast<int64_t>(x->size()));
    if (!axis) return context.error("axis {} is outside the {} dimensions of the input", given, x->size());
    for (const size_t i : {1, 2})
        if (const auto* shape = context.shape(i)) {
            const auto merged = broadcastShapes(context, *x, *shape);
            if (!merged) return merged.error();
            if (shape->size() > x->size())
                return context.error("{} {} does not broadcast to the input {}", i == 1 ? "Scale" : "B",
                                     ir::toString(*shape), ir::toString(*x));
        }
    auto reduced = *x;
    for (size_t i = static_cast<size_t>(*axis); i < reduced.size(); ++i) reduced[i] = 1;
    for (const size_t i : {1, 2}) context.setOutput(i, stash, reduced);
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const int64_t given = context.attributes().integer("axis", -1);
    const auto axis = tensor::normalizedAxis(given, x.rank());
    if (!axis) return context.error("axis {} is outside the {} dimensions of the input", given, x.rank());
    for (const size_t i : {1, 2})
        if (context.has(i) && !broadcastsTo(context.in(i).shape(), x.shape()))
            return context.error("input {} {} does not broadcast to {}", i,
                                 tensor::toString(context.in(i).shape()), tensor::toString(x.shape()));
    const auto split = splitAt(x.shape(), static_cast<size_t>(*axis), x.shape().size());
    const double epsilon = static_cast<double>(context.attributes().real("epsilon", 1e-5f));
    Reals y = reals(x), means(static_cast<size_t>(split.outer)), factors(means.size());
    const auto size = static_cast<size_t>(split.length);
    for (size_t i = 0; i < means.size(); ++i) {
        const auto row = std::span(y).subspan(i * size, size);
        const auto [mean, factor] = moments(row, epsilon);
        means[i] = mean;
        factors[i] = factor;
        for (auto& value : row) value = (value - mean) * factor;
    }
    const Reals scale = reals(context.in(1));
    const auto scaleAt = broadcastIndices(context.in(1).shape(), x.shape());
    for (size_t i = 0; i < y.size(); ++i) y[i] *= scale[static_cast<size_t>(scaleAt[i])];
    if (context.has(2)) {
        const Reals shift = reals(context.in(2));
        const auto shiftAt = broadcastIndices(context.in(2).shape(), x.shape());
        for (size_t i = 0; i < y.size(); ++i) y[i] += shift[static_cast<size_t>(shiftAt[i])];
    }
    auto reduced = x.shape();
    for (size_t i = static_cast<size_t>(*axis); i < reduced.size(); ++i) reduced[i] = 1;
    const auto stash = stashType(context.attributes());
    if (auto ok = setReals(context, 1, stash, reduced, means); !ok) return ok;
    if (auto ok = setReals(context, 2, stash, reduced, factors); !ok) return ok;
    return setReals(context, 0, x.type(), x.shape(), y);
}

// With n = (x - mean) * r, r = 1/sqrt(var + epsilon) and g = dy * scale: dx = r * (g - mean of g - n * mean
// of g*n), dscale = dy * n, dB = dy.
base::Status gradient(GradientContext& context) {
    const auto x = context.input(0), dy = context.outputGradient(0);
    for (const size_t i : {1, 2})
        if (i < context.outputCount() && context.outputGradient(i))
            return context.error("only the gradient of Y can be followed, not those of the moments");
    const auto axes = context.axesFrom(context.attributes().integer("axis", -1));
    if (!axes) return axes.error();
    const auto mean = [&](ir::ValueId value) {
        return context.emit("ReduceMean", {value, context.scope().integers(std::span<const int64_t>(*axes))},
                            {{"keepdims", int64_t{1}}});
    };
    if (context.wants(2)) context.setReduced(2, dy);
    if (!context.wants(0) && !context.wants(1)) return {};
    const auto epsilon = static_cast<double>(context.attributes().real("epsilon", 1e-5f));
    const auto centred = context.sub(x, mean(x));
    const auto variance = context.add(mean(context.mul(centred, centred)), context.scalar(epsilon));
    const auto factor = context.emit("Reciprocal", {context.emit("Sqrt", {variance})});
    const auto normal = context.mul(centred, factor);
    if (context.wants(1)) context.setReduced(1, context.mul(dy, normal));
    if (!context.wants(0)) return {};
    const auto g = context.mul(dy, context.input(1));
    const auto along = context.mul(normal, mean(context.mul(g, normal)));
    context.set(0, context.mul(factor, context.sub(context.sub(g, mean(g)), along)));
    return {};
}

}  // namespace

Op layerNormalizationOp() {
    constexpr TypeSet kStash = typeSet(tensor::DataType::float32, tensor::DataType::bfloat16);
    return {.name = "LayerNormalization",
            .sinceVersion = 17,
            .family = Family::normalization,
            .summary = "y = (x - mean) / sqrt(variance + epsilon) * scale + B over the last axes",
            .inputs = {{"X", kFloats, "T"}, {"Scale", kFloats, "T"}, {"B", kFloats, "T", Presence::optional}},
            .outputs = {{"Y", kFloats, "T"},
                        {"Mean", kStash, "U", Presence::optional},
                        {"InvStdDev", kStash, "U", Presence::optional}},
            .attributes = {integerAttribute("axis", -1, "first axis of those that are normalised together"),
                           realAttribute("epsilon", 1e-5, "added to the variance"),
                           integerAttribute("stash_type", 1, "element type of Mean and InvStdDev: 1 or 16")},
            .infer = infer,
            .cost = normalizationCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
