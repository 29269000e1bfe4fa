// Axes and integer inputs as ops read them: counted from the end when negative, checked, named in errors.
// The functions serve shape rules and evaluations alike; both contexts have error().
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/ops/eval_context.h"
#include "engine/ops/infer_context.h"

namespace lathe::ops {

// One axis of a tensor of this rank.
template <typename Context>
base::Result<size_t> axisOf(const Context& context, int64_t axis, int64_t rank) {
    const auto normal = tensor::normalizedAxis(axis, rank);
    if (!normal)
        return context.error("axis {} is outside [{}, {}) of a tensor of rank {}", axis, -rank, rank, rank);
    return static_cast<size_t>(*normal);
}

// Several axes in the order given; each may come once.
template <typename Context>
base::Result<std::vector<size_t>> axesOf(const Context& context, std::span<const int64_t> axes,
                                         int64_t rank) {
    std::vector<size_t> result;
    for (const int64_t item : axes) {
        const auto axis = axisOf(context, item, rank);
        if (!axis) return axis.error();
        for (const size_t earlier : result)
            if (earlier == *axis) return context.error("axis {} is given twice", item);
        result.push_back(*axis);
    }
    return result;
}

// A flag for each axis of a tensor of this rank; no axes given means all of them when `emptyIsAll`.
template <typename Context>
base::Result<std::vector<bool>> axisFlags(const Context& context, std::span<const int64_t> axes, int64_t rank,
                                          bool emptyIsAll) {
    const auto list = axesOf(context, axes, rank);
    if (!list) return list.error();
    std::vector<bool> flags(static_cast<size_t>(rank), emptyIsAll && axes.empty());
    for (const size_t axis : *list) flags[axis] = true;
    return flags;
}

// The integers of an input when every one is a number before the run.
std::optional<std::vector<int64_t>> knownIntegers(const InferContext& context, size_t i);
// The integers of an input at the run; empty when it is omitted.
std::vector<int64_t> integersOf(const EvalContext& context, size_t i);
// A scalar (or one-element tensor) input at the run; an error that names it when it has another size.
base::Result<int64_t> integerOf(const EvalContext& context, size_t i, std::string_view what,
                                int64_t otherwise);

// Two dimensions that must be equal: the more telling one, or an error that names both.
base::Result<ir::Dim> mergeDims(const InferContext& context, const ir::Dim& a, const ir::Dim& b,
                                std::string_view what);
// True when the expression is at least `bound` whatever its names stand for.
bool provenAtLeast(const ir::Dim& dim, int64_t bound);
// The dimensions as a shape of unknown sizes.
ir::SymbolicShape unknownShape(size_t rank);

// What a rule propagates is for shapes, so longer contents are not worth their time.
inline constexpr int64_t kContentsLimit = 4096;

}  // namespace lathe::ops
