// Transpose: y[i[perm[0]], i[perm[1]], ...] = x[i]; without perm the axes are reversed.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_move.h"
#include "engine/ops/support_walk.h"

namespace lathe::ops {
namespace {

// The permutation for a tensor of this rank.
base::Result<std::vector<size_t>> permutation(const auto& context, size_t rank) {
    const auto given = context.attributes().integers("perm");
    if (!context.attributes().has("perm")) {
        std::vector<size_t> reversed(rank);
        for (size_t i = 0; i < rank; ++i) reversed[i] = rank - 1 - i;
        return reversed;
    }
    if (given.size() != rank)
        return context.error("perm has {} items, the input has rank {}", given.size(), rank);
    return axesOf(context, given, static_cast<int64_t>(rank));
}

base::Status infer(InferContext& context) {
    const auto* shape = context.shape(0);
    if (!shape) {
        const auto perm = context.attributes().integers("perm");
        context.setOutput(0, context.element(0),
                          perm.empty() ? std::nullopt : std::optional(unknownShape(perm.size())));
        return {};
    }
    const auto perm = permutation(context, shape->size());
    if (!perm) return perm.error();
    ir::SymbolicShape result;
    for (const size_t axis : *perm) result.push_back((*shape)[axis]);
    context.setOutput(0, context.element(0), std::move(result));
    if (auto contents = context.contents(0)) context.setContents(0, std::move(*contents));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto perm = permutation(context, x.shape().size());
    if (!perm) return perm.error();
    const auto steps = tensor::strides(x.shape());
    tensor::Shape shape, permutedSteps;
    for (const size_t axis : *perm) {
        shape.push_back(x.shape()[axis]);
        permutedSteps.push_back(steps[axis]);
    }
    auto y = context.allocate(x.type(), shape);
    if (!y) return y.error();
    Mover mover(x, *y);
    Walk from(shape, permutedSteps);
    for (int64_t i = 0; i < y->elementCount(); ++i, from.next()) mover.copy(i, from.index());
    context.set(0, std::move(*y));
    return {};
}

// The inverse permutation.
base::Status gradient(GradientContext& context) {
    const auto order = context.attributes().integers("perm");
    ir::Attributes attributes;
    if (!order.empty()) {
        std::vector<int64_t> inverse(order.size());
        for (size_t i = 0; i < order.size(); ++i) {
            if (order[i] < 0 || order[i] >= static_cast<int64_t>(order.size()))
                return context.error("perm holds {}, which is no axis", order[i]);
            inverse[static_cast<size_t>(order[i])] = static_cast<int64_t>(i);
        }
        attributes.set("perm", std::move(inverse));
    }
    context.set(0, context.emit("Transpose", {context.outputGradient()}, std::move(attributes)));
    return {};
}

}  // namespace

Op transposeOp() {
    return {.name = "Transpose",
            .sinceVersion = 25,
            .family = Family::shape,
            .summary = "y = x with its axes permuted",
            .inputs = {{"data", kAnyType, "T"}},
            .outputs = {{"transposed", kAnyType, "T"}},
            .attributes = {integersAttribute(
                "perm", "for each axis of the result, the axis of the input; absent: reversed")},
            .infer = infer,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
