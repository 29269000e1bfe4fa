// GatherElements: y[i, j, k] = x[indices[i, j, k], j, k] for axis 0, and so on: one index for every element
// of y.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_move.h"
#include "engine/ops/support_walk.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto *data = context.shape(0), *indices = context.shape(1);
    if (data) {
        const auto axis =
            axisOf(context, context.attributes().integer("axis", 0), static_cast<int64_t>(data->size()));
        if (!axis) return axis.error();
        if (indices && indices->size() != data->size())
            return context.error("indices have rank {}, the data have {}", indices->size(), data->size());
    }
    context.setOutput(0, context.element(0), context.type(1).shape);
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto &data = context.in(0), &indices = context.in(1);
    const auto axis = axisOf(context, context.attributes().integer("axis", 0), data.rank());
    if (!axis) return axis.error();
    if (indices.rank() != data.rank())
        return context.error("indices have rank {}, the data have {}", indices.rank(), data.rank());
    for (size_t d = 0; d < data.shape().size(); ++d)
        if (d != *axis && indices.shape()[d] > data.shape()[d])
            return context.error("indices have size {} on axis {}, the data have {}", indices.shape()[d], d,
                                 data.shape()[d]);
    auto y = context.allocate(data.type(), indices.shape());
    if (!y) return y.error();
    auto steps = tensor::strides(data.shape());
    const int64_t step = steps[*axis], size = data.dimension(*axis);
    steps[*axis] = 0;
    Mover mover(data, *y);
    Walk from(indices.shape(), steps);
    for (int64_t i = 0; i < y->elementCount(); ++i, from.next()) {
        const int64_t given = indices.integerAt(i);
        if (given < -size || given >= size)
            return context.error("index {} is outside [{}, {})", given, -size, size);
        mover.copy(i, from.index() + (given < 0 ? given + size : given) * step);
    }
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

Op gatherElementsOp() {
    return {.name = "GatherElements",
            .sinceVersion = 13,
            .family = Family::shape,
            .summary = "y = elements of x picked by an index each along one axis",
            .inputs = {{"data", kAnyType, "T"}, {"indices", kIndices}},
            .outputs = {{"output", kAnyType, "T"}},
            .attributes = {integerAttribute("axis", 0, "axis the indices count along")},
            .infer = infer,
            .evaluate = evaluate,
            .gradient = pickGradient};
}

}  // namespace lathe::ops
