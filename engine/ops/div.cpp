// Div: c = a / b, broadcast; integers are truncated towards 0.
#include <type_traits>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_contents.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    return inferArithmetic(context, [](const ir::Dim& a, const ir::Dim& b) {
        // Sizes are not negative, so for expressions truncating and rounding down are the same.
        if (a.isKnown() && b.isKnown() && *b.constant() != 0 && *b.constant() != -1)
            return ir::Dim(*a.constant() / *b.constant());
        return floorDiv(a, b);
    });
}

base::Status evaluate(EvalContext& context) {
    bool zero = false;
    auto status = combineNumbers(context, [&](auto a, auto b) -> decltype(a) {
        if constexpr (std::is_integral_v<decltype(a)>) {
            if (b == 0) {
                zero = true;
                return 0;
            }
            // The one quotient that overflows wraps around.
            if (std::is_signed_v<decltype(a)> && b == static_cast<decltype(b)>(-1))
                return wrappingSubtract<decltype(a)>(0, a);
        }
        return a / b;
    });
    if (zero) return context.error("an integer is divided by 0");
    return status;
}

// da = dy / b, db = -dy * y / b
base::Status gradient(GradientContext& context) {
    const auto part = context.div(context.outputGradient(), context.input(1));
    if (context.wants(0)) context.setReduced(0, part);
    if (context.wants(1)) context.setReduced(1, context.neg(context.mul(part, context.output())));
    return {};
}

}  // namespace

Op divOp() {
    return {.name = "Div",
            .sinceVersion = 14,
            .family = Family::elementwise,
            .summary = "c = a / b; integers truncate towards 0",
            .inputs = {{"A", kNumbers, "T"}, {"B", kNumbers, "T"}},
            .outputs = {{"C", kNumbers, "T"}},
            .attributes = {},
            .infer = infer,
            .cost = elementwiseCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
