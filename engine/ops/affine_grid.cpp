// AffineGrid: grid[n, o] = theta[n] * (x, y, 1) for every output position, coordinates from -1 to 1 across
// each axis (the last axis is x); with three spatial axes (x, y, z, 1).
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_index.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto* theta = context.shape(0);
    if (theta && theta->size() != 3)
        return context.error("theta has {} dimensions, expected 3", theta->size());
    const auto sizes = context.contents(1);
    if (!sizes) {
        context.setOutput(0, context.element(0), {});
        return {};
    }
    if (sizes->size() != 4 && sizes->size() != 5)
        return context.error("size has {} items, expected 4 or 5", sizes->size());
    ir::SymbolicShape shape = {(*sizes)[0]};
    shape.insert(shape.end(), sizes->begin() + 2, sizes->end());
    shape.push_back(static_cast<int64_t>(sizes->size()) - 2);
    context.setOutput(0, context.element(0), std::move(shape));
    return {};
}

Cost cost(const CostContext& context) {
    auto cost = trafficCost(context);
    cost.operations = 8 * context.outputElements();
    return cost;
}

double coordinate(int64_t i, int64_t size, bool alignCorners) {
    const double at = static_cast<double>(i), count = static_cast<double>(size);
    if (!alignCorners) return (2 * at + 1) / count - 1;
    return size > 1 ? 2 * at / (count - 1) - 1 : 0;
}

base::Status evaluate(EvalContext& context) {
    const auto& theta = context.in(0);
    const auto sizes = tensor::toIntegers(context.in(1));
    const size_t rank = sizes.size() - 2;
    if (sizes.size() != 4 && sizes.size() != 5)
        return context.error("size has {} items, expected 4 or 5", sizes.size());
    const tensor::Shape wanted = {sizes[0], static_cast<int64_t>(rank), static_cast<int64_t>(rank) + 1};
    if (!(theta.shape() == wanted))
        return context.error("theta {} does not fit, expected {}", tensor::toString(theta.shape()),
                             tensor::toString(wanted));
    tensor::Shape shape = {sizes[0]};
    for (size_t i = 0; i < rank; ++i) shape.push_back(sizes[i + 2]);
    shape.push_back(static_cast<int64_t>(rank));
    if (auto ok = checkSize(context, shape); !ok) return ok;
    const bool align = context.attributes().integer("align_corners", 0) != 0;
    const Reals matrix = reals(theta);
    Reals y(static_cast<size_t>(tensor::elementCount(shape)));
    std::vector<int64_t> position(rank + 1, 0);  // sample, then spatial axes
    const std::span<const int64_t> limits(shape.begin(), rank + 1);
    for (size_t at = 0; at < y.size(); at += rank) {
        const double* rows = matrix.data() + static_cast<size_t>(position[0]) * rank * (rank + 1);
        for (size_t r = 0; r < rank; ++r) {
            const double* row = rows + r * (rank + 1);
            double sum = row[rank];
            for (size_t k = 0; k < rank; ++k)
                sum += row[k] * coordinate(position[rank - k], sizes[2 + rank - 1 - k], align);
            y[at + r] = sum;
        }
        nextIndex(position, limits);
    }
    return setReals(context, 0, theta.type(), shape, y);
}

}  // namespace

Op affineGridOp() {
    return {.name = "AffineGrid",
            .sinceVersion = 20,
            .family = Family::shape,
            .summary = "Sampling positions of an affine map",
            .inputs = {{"theta", kFloats, "T1"}, {"size", kInt64}},
            .outputs = {{"grid", kFloats, "T1"}},
            .attributes = {flagAttribute("align_corners", 0, "1: -1 and 1 are centres of corner elements")},
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
