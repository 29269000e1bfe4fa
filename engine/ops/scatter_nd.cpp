// ScatterND: y = x, then y[indices[..., 0], indices[..., 1], ...] = (or meets) updates[...]: the last axis of
// indices names a place or a block of y.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_scatter.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto *data = context.shape(0), *indices = context.shape(1);
    if (data && indices) {
        if (indices->empty()) return context.error("indices are a scalar, expected rank 1 or more");
        if (indices->back().isKnown() && *indices->back().constant() > static_cast<int64_t>(data->size()))
            return context.error("index tuples of {} do not fit data of rank {}", indices->back().toString(),
                                 data->size());
    }
    context.setOutput(0, context.type(0));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto &data = context.in(0), &indices = context.in(1), &updates = context.in(2);
    if (indices.rank() == 0) return context.error("indices are a scalar, expected rank 1 or more");
    const int64_t depth = indices.shape().back();
    if (depth > data.rank())
        return context.error("index tuples of {} do not fit data of rank {}", depth, data.rank());
    tensor::Shape expected(indices.shape().begin(), indices.shape().end() - 1);
    const int64_t tuples = tensor::checkedElementCount(expected).value_or(0);
    int64_t block = 1;
    for (size_t i = static_cast<size_t>(depth); i < data.shape().size(); ++i) {
        expected.push_back(data.shape()[i]);
        block *= data.shape()[i];
    }
    if (!(updates.shape() == expected))
        return context.error("updates have shape {}, expected {}", tensor::toString(updates.shape()),
                             tensor::toString(expected));
    auto scatter = Scatter::start(context, data, updates);
    if (!scatter) return scatter.error();
    const auto steps = tensor::strides(data.shape());
    for (int64_t t = 0; t < tuples && block > 0; ++t) {
        int64_t to = 0;
        for (int64_t k = 0; k < depth; ++k) {
            const auto axis = static_cast<size_t>(k);
            const int64_t given = indices.integerAt(t * depth + k), size = data.shape()[axis];
            if (given < -size || given >= size)
                return context.error("index {} is outside [{}, {})", given, -size, size);
            to += (given < 0 ? given + size : given) * steps[axis];
        }
        for (int64_t i = 0; i < block; ++i) scatter->put(to + i, t * block + i);
    }
    return scatter->finish(context);
}

// The updates get the gradients of their places; the data those of the rest (of all, when updates add).
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient(), places = context.input(1);
    const auto reduction = context.attributes().text("reduction", "none");
    if (reduction != "none" && reduction != "add")
        return context.error("the reduction {} has no rule here", reduction);
    if (context.wants(0)) {
        const auto zeros = context.scope().filledLike(0, context.input(2));
        context.set(0, reduction == "add" ? dy : context.emit("ScatterND", {dy, places, zeros}));
    }
    if (context.wants(2)) context.set(2, context.emit("GatherND", {dy, places}));
    return {};
}

}  // namespace

Op scatterNDOp() {
    return {.name = "ScatterND",
            .sinceVersion = 18,
            .family = Family::shape,
            .summary = "y = x with blocks replaced at index tuples",
            .inputs = {{"data", kAnyType, "T"}, {"indices", kInt64}, {"updates", kAnyType, "T"}},
            .outputs = {{"output", kAnyType, "T"}},
            .attributes = {scatterReduction()},
            .infer = infer,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
