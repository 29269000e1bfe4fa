// RMSNormalization: y = x / sqrt(mean(x^2) + epsilon) * scale, mean over the axes from `axis` to the last.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_index.h"
#include "engine/ops/support_normalize.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    if (const auto* x = context.shape(0)) {
        const int64_t axis = context.attributes().integer("axis", -1);
        if (!tensor::normalizedAxis(axis, static_cast<int64_t>(x->size())))
            return context.error("axis {} is outside the {} dimensions of the input", axis, x->size());
        if (const auto* scale = context.shape(1)) {
            if (scale->size() > x->size())
                return context.error("scale {} does not broadcast to the input {}", ir::toString(*scale),
                                     ir::toString(*x));
            if (const auto merged = broadcastShapes(context, *x, *scale); !merged) return merged.error();
        }
    }
    context.setOutput(0, context.element(1), context.type(0).shape);
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto &x = context.in(0), &scale = context.in(1);
    const int64_t given = context.attributes().integer("axis", -1);
    const auto axis = tensor::normalizedAxis(given, x.rank());
    if (!axis) return context.error("axis {} is outside the {} dimensions of the input", given, x.rank());
    if (!broadcastsTo(scale.shape(), x.shape()))
        return context.error("scale {} does not broadcast to {}", tensor::toString(scale.shape()),
                             tensor::toString(x.shape()));
    const auto split = splitAt(x.shape(), static_cast<size_t>(*axis), x.shape().size());
    const double epsilon = static_cast<double>(context.attributes().real("epsilon", 1e-5f));
    Reals y = reals(x);
    for (int64_t i = 0; i < split.outer; ++i) {
        const auto row =
            std::span(y).subspan(static_cast<size_t>(i * split.length), static_cast<size_t>(split.length));
        const double factor = inverseRootMeanSquare(row, epsilon);
        for (auto& value : row) value *= factor;
    }
    const Reals factors = reals(scale);
    const auto at = broadcastIndices(scale.shape(), x.shape());
    for (size_t i = 0; i < y.size(); ++i) y[i] *= factors[static_cast<size_t>(at[i])];
    return setReals(context, 0, scale.type(), x.shape(), y);
}

}  // namespace

Op rmsNormalizationOp() {
    return {.name = "RMSNormalization",
            .sinceVersion = 23,
            .family = Family::normalization,
            .summary = "y = x / sqrt(mean(x^2) + epsilon) * scale over the last axes",
            .inputs = {{"X", kFloats, "T"}, {"scale", kFloats, "V"}},
            .outputs = {{"Y", kFloats, "V"}},
            .attributes = {integerAttribute("axis", -1, "first axis of those that are normalised together"),
                           realAttribute("epsilon", 1e-5, "added to the mean square"),
                           integerAttribute("stash_type", 1, "element type of the sum in other runtimes")},
            .infer = infer,
            .cost = normalizationCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
