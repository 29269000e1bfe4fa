#include "engine/ops/support_root_mean_square.h"

#include "engine/ops/support_attributes.h"
#include "engine/ops/support_index.h"
#include "engine/ops/support_normalize.h"

namespace lathe::ops {

base::Status inferRootMeanSquare(InferContext& context) {
    const auto* x = context.shape(0);
    context.setOutput(0, context.element(1), context.type(0).shape);
    std::optional<ir::SymbolicShape> reduced;
    if (x) {
        const int64_t given = context.attributes().integer("axis", -1);
        const auto axis = tensor::normalizedAxis(given, static_cast<int64_t>(x->size()));
        if (!axis)
            return context.error("axis {} is outside the {} dimensions of the input", given, x->size());
        if (const auto* scale = context.shape(1)) {
            if (scale->size() > x->size())
                return context.error("scale {} does not broadcast to the input {}", ir::toString(*scale),
                                     ir::toString(*x));
            const auto merged = broadcastShapes(context, *x, *scale);
            if (!merged) return merged.error();
        }
        reduced = *x;
        for (size_t i = static_cast<size_t>(*axis); i < reduced->size(); ++i) (*reduced)[i] = 1;
    }
    context.setOutput(1, tensor::DataType::float32, std::move(reduced));
    return {};
}

base::Status evaluateRootMeanSquare(EvalContext& context) {
    const auto &x = context.in(0), &scale = context.in(1);
    const int64_t given = context.attributes().integer("axis", -1);
    const auto axis = tensor::normalizedAxis(given, x.rank());
    if (!axis) return context.error("axis {} is outside the {} dimensions of the input", given, x.rank());
    if (!broadcastsTo(scale.shape(), x.shape()))
        return context.error("scale {} does not broadcast to {}", tensor::toString(scale.shape()),
                             tensor::toString(x.shape()));
    const auto split = splitAt(x.shape(), static_cast<size_t>(*axis), x.shape().size());
    const double epsilon = static_cast<double>(context.attributes().real("epsilon", 1e-5f));
    const auto size = static_cast<size_t>(split.length);
    const Reals factors = reals(scale);
    const auto at = broadcastIndices(scale.shape(), x.shape());
    Reals y = reals(x), inverse(static_cast<size_t>(split.outer));
    for (size_t i = 0; i < inverse.size(); ++i)
        inverse[i] = inverseRootMeanSquare(std::span(y).subspan(i * size, size), epsilon);
    for (size_t i = 0; i < y.size(); ++i) y[i] *= inverse[i / size] * factors[static_cast<size_t>(at[i])];
    auto reduced = x.shape();
    for (size_t i = static_cast<size_t>(*axis); i < reduced.size(); ++i) reduced[i] = 1;
    if (auto ok = setReals(context, 1, tensor::DataType::float32, reduced, inverse); !ok) return ok;
    return setReals(context, 0, scale.type(), x.shape(), y);
}

std::vector<base::ParamSpec> rootMeanSquareAttributes() {
    return {integerAttribute("axis", -1, "first axis of those that are normalised together"),
            realAttribute("epsilon", 1e-5, "added to the mean square"),
            integerAttribute("stash_type", 1, "element type of the sum in other runtimes")};
}

Op simplifiedLayerNormalization(std::string_view domain) {
    return {.name = "SimplifiedLayerNormalization",
            .domain = domain,
            .family = Family::normalization,
            .summary = "y = x / sqrt(mean(x^2) + epsilon) * scale over the last axes",
            .inputs = {{"X", kFloats, "T"}, {"scale", kFloats, "V"}},
            .outputs = {{"Y", kFloats, "V"},
                        {"inv_std_var", typeBit(tensor::DataType::float32), {}, Presence::optional}},
            .attributes = rootMeanSquareAttributes(),
            .infer = inferRootMeanSquare,
            .cost = normalizationCost,
            .evaluate = evaluateRootMeanSquare};
}

}  // namespace lathe::ops
