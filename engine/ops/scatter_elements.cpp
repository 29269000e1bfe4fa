// ScatterElements: y = x, then y[indices[i, j, k], j, k] = (or meets) updates[i, j, k] for axis 0, and so on.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_scatter.h"
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
    context.setOutput(0, context.type(0));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto &data = context.in(0), &indices = context.in(1), &updates = context.in(2);
    const auto axis = axisOf(context, context.attributes().integer("axis", 0), data.rank());
    if (!axis) return axis.error();
    if (indices.rank() != data.rank())
        return context.error("indices have rank {}, the data have {}", indices.rank(), data.rank());
    if (!(indices.shape() == updates.shape()))
        return context.error("indices have shape {}, updates {}", tensor::toString(indices.shape()),
                             tensor::toString(updates.shape()));
    for (size_t d = 0; d < data.shape().size(); ++d)
        if (d != *axis && indices.shape()[d] > data.shape()[d])
            return context.error("indices have size {} on axis {}, the data have {}", indices.shape()[d], d,
                                 data.shape()[d]);
    auto scatter = Scatter::start(context, data, updates);
    if (!scatter) return scatter.error();
    auto steps = tensor::strides(data.shape());
    const int64_t step = steps[*axis], size = data.dimension(*axis);
    steps[*axis] = 0;
    Walk to(indices.shape(), steps);
    for (int64_t i = 0; i < indices.elementCount(); ++i, to.next()) {
        const int64_t given = indices.integerAt(i);
        if (given < -size || given >= size)
            return context.error("index {} is outside [{}, {})", given, -size, size);
        scatter->put(to.index() + (given < 0 ? given + size : given) * step, i);
    }
    return scatter->finish(context);
}

// The updates get the gradients of their places; the data those of the rest (of all, when updates add).
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient(), places = context.input(1);
    const ir::Attributes along{{"axis", context.attributes().integer("axis", 0)}};
    const auto reduction = context.attributes().text("reduction", "none");
    if (reduction != "none" && reduction != "add")
        return context.error("the reduction {} has no rule here", reduction);
    if (context.wants(0)) {
        const auto zeros = context.scope().filledLike(0, context.input(2));
        context.set(0, reduction == "add" ? dy : context.emit("ScatterElements", {dy, places, zeros}, along));
    }
    if (context.wants(2)) context.set(2, context.emit("GatherElements", {dy, places}, along));
    return {};
}

}  // namespace

Op scatterElementsOp() {
    return {.name = "ScatterElements",
            .sinceVersion = 18,
            .family = Family::shape,
            .summary = "y = x with elements replaced at an index each along one axis",
            .inputs = {{"data", kAnyType, "T"}, {"indices", kIndices}, {"updates", kAnyType, "T"}},
            .outputs = {{"output", kAnyType, "T"}},
            .attributes = {integerAttribute("axis", 0, "axis the indices count along"), scatterReduction()},
            .infer = infer,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
