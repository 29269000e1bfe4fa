// Abs: y = |x|, elementwise; the smallest integer wraps around to itself.
#include <cmath>
#include <type_traits>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_contents.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    context.setOutput(0, context.type(0));
    mapContents(context, [](const ir::Dim& x) { return max(x, ir::Dim(0) - x); });
    return {};
}

base::Status evaluate(EvalContext& context) {
    return mapNumbers(context, [](auto x) -> decltype(x) {
        if constexpr (std::is_integral_v<decltype(x)>)
            return x < 0 ? wrappingSubtract<decltype(x)>(0, x) : x;
        else
            return std::abs(x);
    });
}

// dx = dy * sign(x)
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    context.set(0, context.mul(dy, context.emit("Sign", {context.input(0)})));
    return {};
}

}  // namespace

Op absOp() {
    return {.name = "Abs",
            .sinceVersion = 13,
            .family = Family::elementwise,
            .summary = "y = |x|",
            .inputs = {{"X", kNumbers, "T"}},
            .outputs = {{"Y", kNumbers, "T"}},
            .attributes = {},
            .infer = infer,
            .cost = elementwiseCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
