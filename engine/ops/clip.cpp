// Clip: y = min(max(x, low), high), elementwise; without a bound nothing is cut there. NaN stays NaN.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    for (const size_t i : {size_t{1}, size_t{2}})
        if (const auto* bound = context.shape(i); bound && !bound->empty() && *bound != ir::SymbolicShape{1})
            return context.error("the {} bound has shape {}, expected a scalar", i == 1 ? "lower" : "upper",
                                 ir::toString(*bound));
    context.setOutput(0, context.type(0));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto type = context.in(0).type();
    for (const size_t i : {size_t{1}, size_t{2}})
        if (context.has(i) && context.in(i).elementCount() != 1)
            return context.error("the {} bound has shape {}, expected a scalar", i == 1 ? "lower" : "upper",
                                 tensor::toString(context.in(i).shape()));
    return visitWide(type, [&](auto tag) {
        using W = typename decltype(tag)::type;
        const W low = context.has(1) ? widened<W>(context.in(1))[0] : lowestOf<W>(type);
        const W high = context.has(2) ? widened<W>(context.in(2))[0] : highestOf<W>(type);
        return mapNumbers(context, [=](auto x) -> decltype(x) {
            const auto value = static_cast<W>(x);
            const W raised = value < low ? low : value;
            return static_cast<decltype(x)>(raised > high ? high : raised);
        });
    });
}

// dy goes to x inside the bounds, to the bound outside.
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient(), x = context.input(0), zero = context.scalar(0);
    auto inside = dy;
    if (context.has(1)) {
        const auto below = context.emit("Less", {x, context.input(1)});
        inside = context.where(below, zero, inside);
        if (context.wants(1)) context.setReduced(1, context.where(below, dy, zero));
    }
    if (context.has(2)) {
        const auto above = context.emit("Greater", {x, context.input(2)});
        inside = context.where(above, zero, inside);
        if (context.wants(2)) context.setReduced(2, context.where(above, dy, zero));
    }
    if (context.wants(0)) context.set(0, inside);
    return {};
}

}  // namespace

Op clipOp() {
    return {.name = "Clip",
            .sinceVersion = 13,
            .family = Family::activation,
            .summary = "y = min(max(x, low), high)",
            .inputs = {{"input", kNumbers, "T"},
                       {"min", kNumbers, "T", Presence::optional},
                       {"max", kNumbers, "T", Presence::optional}},
            .outputs = {{"output", kNumbers, "T"}},
            .attributes = {},
            .infer = infer,
            .cost = elementwiseCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
