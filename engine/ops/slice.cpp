// Slice: x[start:end:step] along some axes, with the rules of Python for what is negative or outside.
#include <algorithm>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_move.h"
#include "engine/ops/support_walk.h"

namespace lathe::ops {
namespace {

using ir::Dim;

// Everything from here on means "to the end" in exported models.
constexpr int64_t kFar = INT32_MAX;

// The number of elements of start:end:step along a dimension that may be an expression.
std::optional<Dim> sliced(const Dim& size, const Dim& start, const Dim& end, int64_t step) {
    if (size.isKnown() && start.isKnown() && end.isKnown()) {
        const int64_t d = *size.constant();
        auto from = *start.constant(), to = *end.constant();
        if (d == 0) return Dim(0);
        if (from < 0) from += d;
        if (to < 0) to += d;
        from = std::clamp<int64_t>(from, 0, step > 0 ? d : d - 1);
        to = std::clamp<int64_t>(to, step > 0 ? 0 : -1, d);
        const int64_t distance = step > 0 ? to - from : from - to;
        // The smallest step has no magnitude; it reaches one element like any other large one.
        const int64_t stride = step > 0 ? step : step == INT64_MIN ? INT64_MAX : -step;
        return distance <= 0 ? 0 : (distance - 1) / stride + 1;
    }
    const bool toEnd = end.isKnown() ? *end.constant() >= kFar : same(end, size);
    if (step < 0) {
        // Only the whole axis backwards has a simple size.
        const bool fromEnd = start.isKnown() && (*start.constant() == -1 || *start.constant() >= kFar);
        const bool toStart = end.isKnown() && *end.constant() <= -kFar;
        return fromEnd && toStart && step > -kFar ? std::optional(ceilDiv(size, Dim(-step))) : std::nullopt;
    }
    if (start.isUnknown() || end.isUnknown()) return {};
    Dim from = start, to = size;
    if (!toEnd) {
        if (end.isKnown() && *end.constant() < 0)
            to = size + end;
        else if (!provenAtLeast(end, 0))
            return {};
        else
            to = min(end, size);
    }
    if (start.isKnown() && *start.constant() < 0) {
        if (toEnd) return ceilDiv(min(size, Dim(0) - start), Dim(step));
        from = max(size + start, Dim(0));
    } else if (!provenAtLeast(start, 0)) {
        return {};
    }
    return ceilDiv(max(to - from, Dim(0)), Dim(step));
}

base::Status infer(InferContext& context) {
    const auto* shape = context.shape(0);
    if (!shape) {
        context.setOutput(0, context.element(0), std::nullopt);
        return {};
    }
    const auto starts = context.contents(1), ends = context.contents(2);
    auto axes = context.has(3) ? knownIntegers(context, 3) : std::nullopt;
    const auto steps = context.has(4) ? knownIntegers(context, 4) : std::nullopt;
    const auto* vector = context.shape(1);
    if (!context.has(3) && vector && vector->size() == 1 && (*vector)[0].isKnown()) {
        axes.emplace();
        for (int64_t i = 0; i < *(*vector)[0].constant(); ++i) axes->push_back(i);
    }
    if (!axes) {
        context.setOutput(0, context.element(0), unknownShape(shape->size()));
        return {};
    }
    const auto list = axesOf(context, *axes, static_cast<int64_t>(shape->size()));
    if (!list) return list.error();
    ir::SymbolicShape result = *shape;
    const bool known = starts && ends && (steps || !context.has(4));
    if (known && (starts->size() != list->size() || ends->size() != list->size() ||
                  (steps && steps->size() != list->size())))
        return context.error("{} starts, {} ends and {} axes do not match", starts->size(), ends->size(),
                             list->size());
    for (size_t i = 0; i < list->size(); ++i) {
        auto& d = result[(*list)[i]];
        const int64_t step = steps ? (*steps)[i] : 1;
        if (known && step == 0) return context.error("the step of axis {} is 0", (*list)[i]);
        auto size = known ? sliced(d, (*starts)[i], (*ends)[i], step) : std::nullopt;
        d = size ? *size : context.freshDim(fmt::format("axis{}", (*list)[i]));
    }
    context.setOutput(0, context.element(0), result);
    const auto contents = context.contents(0);
    if (!contents || shape->size() != 1 || !known || list->size() != 1 || !(*starts)[0].isKnown() ||
        !(*ends)[0].isKnown() || !result[0].isKnown())
        return {};
    const auto count = static_cast<int64_t>(contents->size());
    const int64_t step = steps ? (*steps)[0] : 1;
    int64_t at = *(*starts)[0].constant();
    if (count > 0) at = std::clamp<int64_t>(at < 0 ? at + count : at, 0, step > 0 ? count : count - 1);
    SymbolicContents part;
    for (int64_t i = 0; i < *result[0].constant() && at >= 0 && at < count; ++i, at += step)
        part.push_back((*contents)[static_cast<size_t>(at)]);
    context.setContents(0, std::move(part));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto starts = integersOf(context, 1), ends = integersOf(context, 2);
    auto axes = integersOf(context, 3), steps = integersOf(context, 4);
    if (!context.has(3))
        for (size_t i = 0; i < starts.size(); ++i) axes.push_back(static_cast<int64_t>(i));
    if (!context.has(4)) steps.assign(starts.size(), 1);
    const auto list = axesOf(context, axes, x.rank());
    if (!list) return list.error();
    if (starts.size() != list->size() || ends.size() != list->size() || steps.size() != list->size())
        return context.error("{} starts, {} ends and {} axes do not match", starts.size(), ends.size(),
                             list->size());
    tensor::Shape shape = x.shape(), walkSteps = tensor::strides(x.shape());
    int64_t offset = 0;
    for (size_t i = 0; i < list->size(); ++i) {
        const size_t axis = (*list)[i];
        const int64_t d = x.shape()[axis], step = steps[i];
        if (step == 0) return context.error("the step of axis {} is 0", axis);
        if (d == 0) continue;
        const auto from =
            std::clamp<int64_t>(starts[i] < 0 ? starts[i] + d : starts[i], 0, step > 0 ? d : d - 1);
        const auto to = std::clamp<int64_t>(ends[i] < 0 ? ends[i] + d : ends[i], step > 0 ? 0 : -1, d);
        // The distance fits: both lie in [-1, d]. The magnitude of the smallest step does not.
        const uint64_t stride =
            step > 0 ? static_cast<uint64_t>(step) : uint64_t{0} - static_cast<uint64_t>(step);
        const int64_t distance = step > 0 ? to - from : from - to;
        shape[axis] =
            distance <= 0 ? 0 : static_cast<int64_t>((static_cast<uint64_t>(distance) - 1) / stride) + 1;
        if (shape[axis] > 0) offset += from * walkSteps[axis];
        walkSteps[axis] = shape[axis] > 1 ? walkSteps[axis] * step : 0;
    }
    auto y = context.allocate(x.type(), shape);
    if (!y) return y.error();
    Mover mover(x, *y);
    Walk from(shape, walkSteps, offset);
    for (int64_t i = 0; i < y->elementCount(); ++i, from.next()) mover.copy(i, from.index());
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

Op sliceOp() {
    return {.name = "Slice",
            .sinceVersion = 13,
            .family = Family::shape,
            .summary = "y = x[start:end:step] along axes",
            .inputs = {{"data", kAnyType, "T"},
                       {"starts", kIndices, "Tind"},
                       {"ends", kIndices, "Tind"},
                       {"axes", kIndices, "Tind", Presence::optional},
                       {"steps", kIndices, "Tind", Presence::optional}},
            .outputs = {{"output", kAnyType, "T"}},
            .attributes = {},
            .infer = infer,
            .evaluate = evaluate,
            .gradient = pickGradient};
}

}  // namespace lathe::ops
