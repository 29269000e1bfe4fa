#include "engine/ops/support_running.h"

#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_walk.h"
#include "engine/ops/support_wide.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto axis = knownIntegers(context, 1);
    if (const auto* shape = context.shape(0); shape && axis && axis->size() == 1)
        if (const auto normal = axisOf(context, axis->front(), static_cast<int64_t>(shape->size())); !normal)
            return normal.error();
    context.setOutput(0, context.type(0));
    return {};
}

}  // namespace

base::Status evaluateRunning(EvalContext& context, Running kind) {
    const auto& x = context.in(0);
    const auto given = integerOf(context, 1, "axis", 0);
    if (!given) return given.error();
    const auto axis = axisOf(context, *given, x.rank());
    if (!axis) return axis.error();
    const bool exclusive = context.attributes().integer("exclusive", 0) != 0;
    const bool reverse = context.attributes().integer("reverse", 0) != 0;
    auto y = context.allocate(x.type(), x.shape());
    if (!y) return y.error();
    const Cut cut(x.shape(), *axis);
    visitWide(x.type(), [&](auto tag) {
        using W = typename decltype(tag)::type;
        auto values = widened<W>(x);
        for (int64_t lane = 0; !x.empty() && lane < cut.outer * cut.inner; ++lane) {
            const int64_t start = lane / cut.inner * cut.length * cut.inner + lane % cut.inner;
            W running = kind == Running::sum ? W{0} : W{1};
            for (int64_t k = 0; k < cut.length; ++k) {
                auto& item =
                    values[static_cast<size_t>(start + (reverse ? cut.length - 1 - k : k) * cut.inner)];
                const W before = running;
                running = kind == Running::sum ? wrappingAdd(running, item) : wrappingMultiply(running, item);
                item = exclusive ? before : running;
            }
        }
        narrow<W>(values, *y);
    });
    context.set(0, std::move(*y));
    return {};
}

Op runningOp(base::Status (*evaluate)(EvalContext&)) {
    return {.name = {},
            .family = Family::elementwise,
            .summary = {},
            .inputs = {{"x", kNumbers, "T"}, {"axis", kIndices}},
            .outputs = {{"y", kNumbers, "T"}},
            .attributes = {flagAttribute("exclusive", 0, "1: without the element itself"),
                           flagAttribute("reverse", 0, "1: from the end")},
            .infer = infer,
            .cost = elementwiseCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
