// Unsqueeze: x with dimensions of size 1 put in; axes count in the result.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_axes.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto* shape = context.shape(0);
    const auto axes = knownIntegers(context, 1);
    if (!shape || !axes) {
        // The number of axes alone gives the rank.
        const auto* vector = context.shape(1);
        const auto count = vector && vector->size() == 1 ? (*vector)[0].constantOr(-1) : -1;
        context.setOutput(0, context.element(0),
                          shape && count >= 0
                              ? std::optional(unknownShape(shape->size() + static_cast<size_t>(count)))
                              : std::nullopt);
        return {};
    }
    const auto rank = static_cast<int64_t>(shape->size() + axes->size());
    const auto flags = axisFlags(context, *axes, rank, false);
    if (!flags) return flags.error();
    ir::SymbolicShape result;
    auto next = shape->begin();
    for (const bool added : *flags) result.push_back(added ? ir::Dim(1) : *next++);
    context.setOutput(0, context.element(0), std::move(result));
    if (auto contents = context.contents(0); contents && rank <= 1)
        context.setContents(0, std::move(*contents));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto axes = integersOf(context, 1);
    const auto flags = axisFlags(context, axes, x.rank() + static_cast<int64_t>(axes.size()), false);
    if (!flags) return flags.error();
    tensor::Shape shape;
    size_t next = 0;
    for (const bool added : *flags) shape.push_back(added ? 1 : x.shape()[next++]);
    context.set(0, x.reshaped(shape));
    return {};
}

}  // namespace

Op unsqueezeOp() {
    return {.name = "Unsqueeze",
            .sinceVersion = 25,
            .family = Family::shape,
            .summary = "y = x with dimensions of size 1 put in",
            .inputs = {{"data", kAnyType, "T"}, {"axes", kInt64}},
            .outputs = {{"expanded", kAnyType, "T"}},
            .attributes = {},
            .infer = infer,
            .evaluate = evaluate,
            .gradient = reshapeGradient};
}

}  // namespace lathe::ops
