// Sub: c = a - b, broadcast; integers wrap around.
#include "engine/ops/op.h"
#include "engine/ops/support_contents.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    return inferArithmetic(context, [](const ir::Dim& a, const ir::Dim& b) { return a - b; });
}

base::Status evaluate(EvalContext& context) {
    return combineNumbers(context, [](auto a, auto b) { return wrappingSubtract(a, b); });
}

}  // namespace

Op subOp() {
    return {.name = "Sub",
            .sinceVersion = 14,
            .family = Family::elementwise,
            .summary = "c = a - b",
            .inputs = {{"A", kNumbers, "T"}, {"B", kNumbers, "T"}},
            .outputs = {{"C", kNumbers, "T"}},
            .attributes = {},
            .infer = infer,
            .cost = elementwiseCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
