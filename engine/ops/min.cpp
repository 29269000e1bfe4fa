// Min: the smallest of the inputs at each place, broadcast; NaN where one is NaN.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_contents.h"
#include "engine/ops/support_elementwise.h"
#include "engine/ops/support_extreme.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    if (auto ok = inferBroadcast(context); !ok) return ok;
    foldContents(context, [](const ir::Dim& a, const ir::Dim& b) { return min(a, b); });
    return {};
}

base::Status evaluate(EvalContext& context) {
    return foldNumbers(
        context, [](auto a, auto b) { return smaller(a, b); }, [](auto value, size_t) { return value; });
}

}  // namespace

Op minOp() {
    return {.name = "Min",
            .sinceVersion = 13,
            .family = Family::elementwise,
            .summary = "y = min(x0, x1, ...)",
            .inputs = {{"data_0", kNumbers, "T", Presence::variadic}},
            .outputs = {{"min", kNumbers, "T"}},
            .attributes = {},
            .infer = infer,
            .cost = foldCost,
            .evaluate = evaluate,
            .gradient = extremeGradient};
}

}  // namespace lathe::ops
