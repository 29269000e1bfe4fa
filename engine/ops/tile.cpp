// Tile: x repeated `repeats[axis]` times along each axis.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_move.h"
#include "engine/ops/support_walk.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto* shape = context.shape(0);
    const auto repeats = context.contents(1);
    if (!shape || !repeats) {
        context.setOutput(0, context.element(0),
                          shape ? std::optional(unknownShape(shape->size())) : std::nullopt);
        return {};
    }
    if (repeats->size() != shape->size())
        return context.error("repeats has {} items, the input has rank {}", repeats->size(), shape->size());
    ir::SymbolicShape result;
    for (size_t i = 0; i < shape->size(); ++i) result.push_back((*shape)[i] * (*repeats)[i]);
    const auto count = result.size() > 1 ? -1 : result.empty() ? 1 : result.front().constantOr(-1);
    context.setOutput(0, context.element(0), std::move(result));
    if (const auto contents = context.contents(0); contents && count >= 0 && count <= kContentsLimit) {
        SymbolicContents tiled;
        for (int64_t i = 0; i < count; ++i)
            tiled.push_back((*contents)[static_cast<size_t>(i) % contents->size()]);
        context.setContents(0, std::move(tiled));
    }
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto repeats = integersOf(context, 1);
    if (repeats.size() != x.shape().size())
        return context.error("repeats has {} items, the input has rank {}", repeats.size(), x.rank());
    // Each axis is walked as two: which repetition (no step in x), and where inside it.
    tensor::Shape shape, walkShape, walkSteps;
    const auto steps = tensor::strides(x.shape());
    for (size_t i = 0; i < repeats.size(); ++i) {
        int64_t size = 0;
        if (repeats[i] < 0) return context.error("repeats has the item {}", repeats[i]);
        if (__builtin_mul_overflow(repeats[i], x.shape()[i], &size))
            return context.error("axis {} becomes too large", i);
        shape.push_back(size);
        walkShape.push_back(repeats[i]);
        walkSteps.push_back(0);
        walkShape.push_back(x.shape()[i]);
        walkSteps.push_back(steps[i]);
    }
    auto y = context.allocate(x.type(), shape);
    if (!y) return y.error();
    Mover mover(x, *y);
    Walk from(walkShape, walkSteps);
    for (int64_t i = 0; i < y->elementCount(); ++i, from.next()) mover.copy(i, from.index());
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

Op tileOp() {
    return {.name = "Tile",
            .sinceVersion = 13,
            .family = Family::shape,
            .summary = "y = x repeated along each axis",
            .inputs = {{"input", kAnyType, "T"}, {"repeats", kInt64}},
            .outputs = {{"output", kAnyType, "T"}},
            .attributes = {},
            .infer = infer,
            .evaluate = evaluate,
            .gradient = pickGradient};
}

}  // namespace lathe::ops
