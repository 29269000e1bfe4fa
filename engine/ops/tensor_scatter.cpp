// TensorScatter: writes new steps into a cache of fixed length, for each row of the batch at its own place:
//
//   y = past;  y[b, ..., (write[b] + s) mod length, ...] = update[b, ..., s, ...]
//
// The remainder is taken in circular mode; in linear mode the update must fit.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_move.h"
#include "engine/ops/support_walk.h"

namespace lathe::ops {
namespace {

base::Result<size_t> sequenceAxis(const auto& context, int64_t rank) {
    const int64_t given = context.attributes().integer("axis", -2);
    auto axis = axisOf(context, given, rank);
    if (axis && *axis == 0) return context.error("axis {} is the batch, expected a later one", given);
    return axis;
}

base::Status infer(InferContext& context) {
    const auto *past = context.shape(0), *update = context.shape(1), *write = context.shape(2);
    auto type = context.type(0);
    if (past) {
        const auto axis = sequenceAxis(context, static_cast<int64_t>(past->size()));
        if (!axis) return axis.error();
        if (update && update->size() != past->size())
            return context.error("update has {} dimensions, the cache has {}", update->size(), past->size());
        for (size_t i = 0; update && i < past->size(); ++i) {
            if (i == *axis) continue;
            auto merged = mergeDims(context, (*past)[i], (*update)[i], "update and cache");
            if (!merged) return merged.error();
            (*type.shape)[i] = std::move(*merged);
        }
        if (update && provenAtLeast((*update)[*axis] - (*past)[*axis], 1))
            return context.error("update has {} steps, the cache only {}", (*update)[*axis].toString(),
                                 (*past)[*axis].toString());
    }
    if (write && write->size() != 1)
        return context.error("write_indices has {} dimensions, expected 1", write->size());
    context.setOutput(0, std::move(type));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto &past = context.in(0), &update = context.in(1);
    const auto axis = sequenceAxis(context, past.rank());
    if (!axis) return axis.error();
    auto wanted = past.shape();
    if (update.rank() == past.rank()) wanted[*axis] = update.dimension(*axis);
    if (!(update.shape() == wanted) || update.dimension(*axis) > past.dimension(*axis))
        return context.error("update {} does not fit the cache {} along axis {}",
                             tensor::toString(update.shape()), tensor::toString(past.shape()), *axis);
    const int64_t batch = past.dimension(0);
    auto starts = integersOf(context, 2);
    if (!context.has(2)) starts.assign(static_cast<size_t>(batch), 0);
    if (static_cast<int64_t>(starts.size()) != batch)
        return context.error("write_indices has {} items, expected {}", starts.size(), batch);
    const bool circular = context.attributes().text("mode", "linear") == "circular";
    const Cut cache(past.shape(), *axis), fresh(update.shape(), *axis);
    for (auto& start : starts) {
        if (circular && cache.length > 0) start = (start % cache.length + cache.length) % cache.length;
        if (!circular && (start < 0 || start > cache.length - fresh.length))
            return context.error("write index {} with {} steps is outside the cache of {}", start,
                                 fresh.length, cache.length);
    }
    auto y = context.allocate(past.type(), past.shape());
    if (!y) return y.error();
    if (!y->empty()) Mover(past, *y).copy(0, 0, past.elementCount());
    if (!update.empty()) {
        Mover mover(update, *y);
        const int64_t blocksOfRow = cache.outer / batch;
        for (int64_t block = 0; block < cache.outer; ++block)
            for (int64_t step = 0; step < fresh.length; ++step) {
                const int64_t to = starts[static_cast<size_t>(block / blocksOfRow)] + step;
                mover.copy((block * cache.length + to % cache.length) * cache.inner,
                           (block * fresh.length + step) * fresh.inner, fresh.inner);
            }
    }
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

Op tensorScatterOp() {
    return {.name = "TensorScatter",
            .sinceVersion = 24,
            .family = Family::shape,
            .summary = "y = a cache with new steps written into each row",
            .inputs = {{"past_cache", kAnyType, "T"},
                       {"update", kAnyType, "T"},
                       {"write_indices", kInt64, {}, Presence::optional}},
            .outputs = {{"present_cache", kAnyType, "T"}},
            .attributes = {integerAttribute("axis", -2, "axis of the steps, not 0"),
                           choiceAttribute("mode", {"linear", "circular"}, "linear",
                                           "circular: writing goes on at the start past the end")},
            .infer = infer,
            .cost = nullptr,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
