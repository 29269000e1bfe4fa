// Squeeze: x without the given dimensions of size 1; without axes, without all of them.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_axes.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto* shape = context.shape(0);
    std::optional<std::vector<int64_t>> axes = std::vector<int64_t>{};
    if (context.has(1)) axes = knownIntegers(context, 1);
    std::optional<ir::SymbolicShape> result;
    if (shape && axes) {
        const bool all = !context.has(1);
        const auto flags = axisFlags(context, *axes, static_cast<int64_t>(shape->size()), false);
        if (!flags) return flags.error();
        result.emplace();
        for (size_t i = 0; i < shape->size(); ++i) {
            const auto& d = (*shape)[i];
            if ((*flags)[i] && d.isKnown() && *d.constant() != 1)
                return context.error("dimension {} is {}, only 1 can be removed", i, d.toString());
            if (all && !d.isKnown()) {
                // Whether this one goes is known only at the run, and with it the rank.
                result.reset();
                break;
            }
            if (!(*flags)[i] && !(all && d == ir::Dim(1))) result->push_back(d);
        }
    }
    context.setOutput(0, context.element(0), std::move(result));
    if (auto contents = context.contents(0)) context.setContents(0, std::move(*contents));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto flags = axisFlags(context, integersOf(context, 1), x.rank(), false);
    if (!flags) return flags.error();
    tensor::Shape shape;
    for (size_t i = 0; i < x.shape().size(); ++i) {
        const auto d = x.shape()[i];
        if ((*flags)[i] && d != 1) return context.error("dimension {} is {}, only 1 can be removed", i, d);
        if (!(*flags)[i] && (context.has(1) || d != 1)) shape.push_back(d);
    }
    context.set(0, x.reshaped(shape));
    return {};
}

}  // namespace

Op squeezeOp() {
    return {.name = "Squeeze",
            .sinceVersion = 25,
            .family = Family::shape,
            .summary = "y = x without dimensions of size 1",
            .inputs = {{"data", kAnyType, "T"}, {"axes", kInt64, {}, Presence::optional}},
            .outputs = {{"squeezed", kAnyType, "T"}},
            .attributes = {},
            .infer = infer,
            .evaluate = evaluate,
            .gradient = reshapeGradient};
}

}  // namespace lathe::ops
