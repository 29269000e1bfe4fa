// TopK: the k greatest (or smallest) elements along one axis with their indices, best first; of equals the
// one with the lower index comes first.
#include <algorithm>
#include <numeric>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_walk.h"
#include "engine/ops/support_wide.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto* shape = context.shape(0);
    std::optional<ir::SymbolicShape> result;
    if (shape) {
        const auto axis =
            axisOf(context, context.attributes().integer("axis", -1), static_cast<int64_t>(shape->size()));
        if (!axis) return axis.error();
        const auto k = context.contents(1);
        if (k && k->size() != 1) return context.error("K has {} elements, expected 1", k->size());
        result = *shape;
        auto& d = (*result)[*axis];
        if (k && (*k)[0].isKnown() &&
            (*(*k)[0].constant() < 0 || *(*k)[0].constant() > d.constantOr(INT64_MAX)))
            return context.error("K is {}, axis {} has {} elements", (*k)[0].toString(), *axis, d.toString());
        d = k ? (*k)[0] : context.freshDim("k");
    }
    context.setOutput(0, context.element(0), result);
    context.setOutput(1, tensor::DataType::int64, std::move(result));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto axis = axisOf(context, context.attributes().integer("axis", -1), x.rank());
    if (!axis) return axis.error();
    const auto k = integerOf(context, 1, "K", 0);
    if (!k) return k.error();
    const Cut cut(x.shape(), *axis);
    if (*k < 0 || *k > cut.length)
        return context.error("K is {}, axis {} has {} elements", *k, *axis, cut.length);
    const bool largest = context.attributes().integer("largest", 1) != 0;
    tensor::Shape shape = x.shape();
    shape[*axis] = *k;
    auto y = context.allocate(x.type(), shape), indices = context.allocate(tensor::DataType::int64, shape);
    if (!y) return y.error();
    if (!indices) return indices.error();
    const auto places = indices->mutableValues<int64_t>();
    visitWide(x.type(), [&](auto tag) {
        using W = typename decltype(tag)::type;
        const auto values = widened<W>(x);
        std::vector<W> best(static_cast<size_t>(y->elementCount()));
        std::vector<int64_t> order(best.empty() ? 0 : static_cast<size_t>(cut.length));
        for (int64_t lane = 0; !best.empty() && lane < cut.outer * cut.inner; ++lane) {
            const int64_t block = lane / cut.inner, column = lane % cut.inner;
            const auto at = [&](int64_t i) {
                return values[static_cast<size_t>((block * cut.length + i) * cut.inner + column)];
            };
            std::iota(order.begin(), order.end(), int64_t{0});
            // NaN counts as greater than every number, so that the order is one.
            const auto above = [](W a, W b) { return a > b || (a != a && b == b); };
            std::stable_sort(order.begin(), order.end(), [&](int64_t i, int64_t j) {
                return largest ? above(at(i), at(j)) : above(at(j), at(i));
            });
            for (int64_t i = 0; i < *k; ++i) {
                const auto to = static_cast<size_t>((block * *k + i) * cut.inner + column);
                best[to] = at(order[static_cast<size_t>(i)]);
                places[to] = order[static_cast<size_t>(i)];
            }
        }
        narrow<W>(best, *y);
    });
    context.set(0, std::move(*y));
    context.set(1, std::move(*indices));
    return {};
}

// dy goes back to the places that were picked.
base::Status gradient(GradientContext& context) {
    const auto places = context.output(1)
                            ? context.output(1)
                            : context.scope().emitAll("TopK", {context.input(0), context.input(1)},
                                                      context.attributes(), 2)[1];
    const auto zeros = context.scope().filledLike(0, context.input(0));
    context.set(0, context.emit("ScatterElements", {zeros, places, context.outputGradient(0)},
                                {{"axis", context.attributes().integer("axis", -1)}}));
    return {};
}

}  // namespace

Op topKOp() {
    return {.name = "TopK",
            .sinceVersion = 24,
            .family = Family::pooling,
            .summary = "y, i = the k greatest x along an axis and where they are",
            .inputs = {{"X", kNumbers, "T"}, {"K", kInt64}},
            .outputs = {{"Values", kNumbers, "T"}, {"Indices", kInt64}},
            .attributes = {integerAttribute("axis", -1, "axis to look along"),
                           flagAttribute("largest", 1, "1: the greatest, 0: the smallest"),
                           flagAttribute("sorted", 1,
                                         "1: best first; with 0 any order is right, and this one is kept")},
            .infer = infer,
            .cost = reductionCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
