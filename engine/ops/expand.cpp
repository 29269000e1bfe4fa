// Expand: x broadcast with a shape: y has the broadcast shape of x and `shape`.
#include <algorithm>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_move.h"
#include "engine/ops/support_walk.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto* shape = context.shape(0);
    const auto target = context.contents(1);
    if (!shape || !target) {
        const auto* vector = context.shape(1);
        const auto count = vector && vector->size() == 1 ? (*vector)[0].constantOr(-1) : -1;
        std::optional<ir::SymbolicShape> result;
        if (shape && count >= 0) result = unknownShape(std::max(shape->size(), static_cast<size_t>(count)));
        context.setOutput(0, context.element(0), std::move(result));
        return {};
    }
    for (const auto& d : *target)
        if (d.isKnown() && *d.constant() < 0)
            return context.error("the shape has dimension {}", d.toString());
    auto result = broadcastShapes(context, *shape, *target);
    if (!result) return result.error();
    const auto count = result->size() > 1 ? -1 : result->empty() ? 1 : result->front().constantOr(-1);
    context.setOutput(0, context.element(0), std::move(*result));
    const auto contents = context.contents(0);
    if (contents && contents->size() == 1 && count >= 0 && count <= kContentsLimit)
        context.setContents(0, SymbolicContents(static_cast<size_t>(count), contents->front()));
    else if (contents && static_cast<int64_t>(contents->size()) == count)
        context.setContents(0, *contents);
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto target = integersOf(context, 1);
    for (const auto d : target)
        if (d < 0) return context.error("the shape has dimension {}", d);
    const auto shape = tensor::broadcast(x.shape(), target);
    if (!shape)
        return context.error("shapes {} and {} do not broadcast", tensor::toString(x.shape()),
                             tensor::toString(target));
    auto y = context.allocate(x.type(), *shape);
    if (!y) return y.error();
    Mover mover(x, *y);
    Walk from(*shape, broadcastSteps(x.shape(), *shape));
    for (int64_t i = 0; i < y->elementCount(); ++i, from.next()) mover.copy(i, from.index());
    context.set(0, std::move(*y));
    return {};
}

// dx = dy summed over the axes x was stretched along
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    context.setReduced(0, dy);
    return {};
}

}  // namespace

Op expandOp() {
    return {.name = "Expand",
            .sinceVersion = 13,
            .family = Family::shape,
            .summary = "y = x broadcast to a shape",
            .inputs = {{"input", kAnyType, "T"}, {"shape", kInt64}},
            .outputs = {{"output", kAnyType, "T"}},
            .attributes = {},
            .infer = infer,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
