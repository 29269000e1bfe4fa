// MeanVarianceNormalization: y = (x - mean) / (sqrt(variance) + 1e-9), moments over the axes, by default 0, 2
// and 3.
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_index.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

std::vector<int64_t> axesOf(const ir::Attributes& attributes) {
    return attributes.integers("axes", {0, 2, 3});
}

base::Status infer(InferContext& context) {
    if (const auto* x = context.shape(0))
        for (const auto axis : axesOf(context.attributes()))
            if (!tensor::normalizedAxis(axis, static_cast<int64_t>(x->size())))
                return context.error("axis {} is outside the {} dimensions of the input", axis, x->size());
    return inferSameAsFirst(context);
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    auto reduced = x.shape();
    for (const auto given : axesOf(context.attributes())) {
        const auto axis = tensor::normalizedAxis(given, x.rank());
        if (!axis) return context.error("axis {} is outside the {} dimensions of the input", given, x.rank());
        reduced[static_cast<size_t>(*axis)] = 1;
    }
    if (x.empty()) return setReals(context, 0, x.type(), x.shape(), {});
    // Which group of elements each element belongs to.
    const auto group = broadcastIndices(reduced, x.shape());
    const auto groups = static_cast<size_t>(tensor::elementCount(reduced));
    Reals y = reals(x), mean(groups, 0), variance(groups, 0);
    const double count = static_cast<double>(y.size() / groups);
    for (size_t i = 0; i < y.size(); ++i) mean[static_cast<size_t>(group[i])] += y[i] / count;
    for (size_t i = 0; i < y.size(); ++i) {
        const auto g = static_cast<size_t>(group[i]);
        y[i] -= mean[g];
        variance[g] += y[i] * y[i] / count;
    }
    for (size_t i = 0; i < y.size(); ++i) y[i] /= std::sqrt(variance[static_cast<size_t>(group[i])]) + 1e-9;
    return setReals(context, 0, x.type(), x.shape(), y);
}

}  // namespace

Op meanVarianceNormalizationOp() {
    auto axes = integersAttribute("axes", "axes of the moments");
    axes.defaultValue = std::vector<int64_t>{0, 2, 3};
    return {.name = "MeanVarianceNormalization",
            .sinceVersion = 13,
            .family = Family::normalization,
            .summary = "y = (x - mean) / (sqrt(variance) + 1e-9) over the axes",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {std::move(axes)},
            .infer = infer,
            .cost = reductionCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
