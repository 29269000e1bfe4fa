// RMSNormalization: y = x / sqrt(mean(x^2) + epsilon) * scale, mean over the axes from `axis` to the last.
#include "engine/ops/gradient_context.h"
#include "engine/ops/support_normalize.h"
#include "engine/ops/support_root_mean_square.h"

namespace lathe::ops {
namespace {

// With r = 1/sqrt(mean of x^2 + epsilon), n = x * r and g = dy * scale: dx = r * (g - n * mean of g*n),
// dscale = dy * n.
base::Status gradient(GradientContext& context) {
    const auto x = context.input(0), dy = context.scope().castLike(context.outputGradient(), x);
    const auto axes = context.axesFrom(context.attributes().integer("axis", -1));
    if (!axes) return axes.error();
    const auto mean = [&](ir::ValueId value) {
        return context.emit("ReduceMean", {value, context.scope().integers(std::span<const int64_t>(*axes))},
                            {{"keepdims", int64_t{1}}});
    };
    const auto epsilon = static_cast<double>(context.attributes().real("epsilon", 1e-5f));
    const auto square = context.add(mean(context.mul(x, x)), context.scalar(epsilon));
    const auto factor = context.emit("Reciprocal", {context.emit("Sqrt", {square})});
    const auto normal = context.mul(x, factor);
    if (context.wants(1)) {
        const auto scale = context.reduced(context.mul(dy, normal), context.input(1));
        context.set(1, context.scope().castLike(scale, context.input(1)));
    }
    if (!context.wants(0)) return {};
    const auto g = context.mul(dy, context.scope().castLike(context.input(1), x));
    const auto along = context.mul(normal, mean(context.mul(g, normal)));
    context.set(0, context.mul(factor, context.sub(g, along)));
    return {};
}

}  // namespace

Op rmsNormalizationOp() {
    return {.name = "RMSNormalization",
            .sinceVersion = 23,
            .family = Family::normalization,
            .summary = "y = x / sqrt(mean(x^2) + epsilon) * scale over the last axes",
            .inputs = {{"X", kFloats, "T"}, {"scale", kFloats, "V"}},
            .outputs = {{"Y", kFloats, "V"}},
            .attributes = rootMeanSquareAttributes(),
            .infer = inferRootMeanSquare,
            .cost = normalizationCost,
            .evaluate = evaluateRootMeanSquare,
            .gradient = gradient};
}

}  // namespace lathe::ops
