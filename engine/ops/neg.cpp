// Neg: y = -x, elementwise; the smallest integer wraps around to itself.
#include <type_traits>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_contents.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    context.setOutput(0, context.type(0));
    mapContents(context, [](const ir::Dim& x) { return ir::Dim(0) - x; });
    return {};
}

base::Status evaluate(EvalContext& context) {
    return mapNumbers(context, [](auto x) -> decltype(x) {
        if constexpr (std::is_integral_v<decltype(x)>)
            return wrappingSubtract<decltype(x)>(0, x);
        else
            return -x;
    });
}

// dx = -dy
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient();
    context.set(0, context.neg(dy));
    return {};
}

}  // namespace

Op negOp() {
    return {.name = "Neg",
            .sinceVersion = 13,
            .family = Family::elementwise,
            .summary = "y = -x",
            .inputs = {{"X", kFloats | kSignedIntegers, "T"}},
            .outputs = {{"Y", kFloats | kSignedIntegers, "T"}},
            .attributes = {},
            .infer = infer,
            .cost = elementwiseCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
