// GatherND: y[..., :] = x[batch, indices[..., 0], indices[..., 1], ...]: the last axis of indices names a
// place or a block of x.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_move.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto *data = context.shape(0), *indices = context.shape(1);
    const auto batch = context.attributes().integer("batch_dims", 0);
    if (!data || !indices || indices->empty() || !indices->back().isKnown()) {
        context.setOutput(0, context.element(0), std::nullopt);
        return {};
    }
    const auto depth = *indices->back().constant();
    if (batch < 0 || depth < 0 || batch >= static_cast<int64_t>(indices->size()) ||
        batch + depth > static_cast<int64_t>(data->size()))
        return context.error("batch_dims {} and index tuples of {} do not fit data of rank {}", batch, depth,
                             data->size());
    ir::SymbolicShape result(indices->begin(), indices->end() - 1);
    for (size_t i = 0; i < static_cast<size_t>(batch); ++i) {
        auto merged = mergeDims(context, (*data)[i], (*indices)[i], "batch dimensions");
        if (!merged) return merged.error();
        result[i] = std::move(*merged);
    }
    result.insert(result.end(), data->begin() + batch + depth, data->end());
    context.setOutput(0, context.element(0), std::move(result));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto &data = context.in(0), &indices = context.in(1);
    const auto batch = context.attributes().integer("batch_dims", 0);
    if (indices.rank() == 0) return context.error("indices are a scalar, expected rank 1 or more");
    const int64_t depth = indices.shape().back();
    if (batch < 0 || batch >= indices.rank() || batch + depth > data.rank())
        return context.error("batch_dims {} and index tuples of {} do not fit data of rank {}", batch, depth,
                             data.rank());
    tensor::Shape shape;
    int64_t batches = 1;
    for (size_t i = 0; i + 1 < indices.shape().size(); ++i) {
        shape.push_back(indices.shape()[i]);
        if (static_cast<int64_t>(i) >= batch) continue;
        if (data.shape()[i] != indices.shape()[i])
            return context.error("batch dimensions {} and {} differ", data.shape()[i], indices.shape()[i]);
        batches *= data.shape()[i];
    }
    int64_t block = 1;
    for (size_t i = static_cast<size_t>(batch + depth); i < data.shape().size(); ++i) {
        shape.push_back(data.shape()[i]);
        block *= data.shape()[i];
    }
    auto y = context.allocate(data.type(), shape);
    if (!y) return y.error();
    if (y->empty()) {
        context.set(0, std::move(*y));
        return {};
    }
    const auto steps = tensor::strides(data.shape());
    const int64_t tuples = y->elementCount() / block, batchStep = data.elementCount() / batches;
    Mover mover(data, *y);
    for (int64_t t = 0; t < tuples; ++t) {
        int64_t from = t / (tuples / batches) * batchStep;
        for (int64_t k = 0; k < depth; ++k) {
            const auto axis = static_cast<size_t>(batch + k);
            const int64_t given = indices.integerAt(t * depth + k), size = data.shape()[axis];
            if (given < -size || given >= size)
                return context.error("index {} is outside [{}, {})", given, -size, size);
            from += (given < 0 ? given + size : given) * steps[axis];
        }
        mover.copy(t * block, from, block);
    }
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

Op gatherNDOp() {
    return {.name = "GatherND",
            .sinceVersion = 13,
            .family = Family::shape,
            .summary = "y = blocks of x picked by index tuples",
            .inputs = {{"data", kAnyType, "T"}, {"indices", kInt64}},
            .outputs = {{"output", kAnyType, "T"}},
            .attributes = {integerAttribute("batch_dims", 0,
                                            "number of leading axes that data and indices share")},
            .infer = infer,
            .evaluate = evaluate,
            .gradient = pickGradient};
}

}  // namespace lathe::ops
