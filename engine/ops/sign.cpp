// Sign: y = -1, 0 or 1 as x is negative, zero or positive, elementwise; NaN stays NaN.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapNumbers(context, [](auto x) -> decltype(x) {
        using W = decltype(x);
        if (x != x) return x;
        return x > 0 ? W(1) : x < 0 ? static_cast<W>(-1) : W(0);
    });
}

}  // namespace

Op signOp() {
    return {.name = "Sign",
            .sinceVersion = 13,
            .family = Family::elementwise,
            .summary = "y = sign(x)",
            .inputs = {{"X", kNumbers, "T"}},
            .outputs = {{"Y", kNumbers, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = elementwiseCost,
            .evaluate = evaluate,
            .gradient = zeroGradient};
}

}  // namespace lathe::ops
