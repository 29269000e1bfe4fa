// Max: the greatest of the inputs at each place, broadcast; NaN where one is NaN.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_contents.h"
#include "engine/ops/support_elementwise.h"
#include "engine/ops/support_extreme.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    if (auto ok = inferBroadcast(context); !ok) return ok;
    foldContents(context, [](const ir::Dim& a, const ir::Dim& b) { return max(a, b); });
    return {};
}

base::Status evaluate(EvalContext& context) {
    return foldNumbers(
        context, [](auto a, auto b) { return greater(a, b); }, [](auto value, size_t) { return value; });
}

}  // namespace

Op maxOp() {
    return {.name = "Max",
            .sinceVersion = 13,
            .family = Family::elementwise,
            .summary = "y = max(x0, x1, ...)",
            .inputs = {{"data_0", kNumbers, "T", Presence::variadic}},
            .outputs = {{"max", kNumbers, "T"}},
            .attributes = {},
            .infer = infer,
            .cost = foldCost,
            .evaluate = evaluate,
            .gradient = extremeGradient};
}

}  // namespace lathe::ops
