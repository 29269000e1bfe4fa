// LessOrEqual: c = a <= b, broadcast; false where one is NaN.
#include "engine/ops/op.h"
#include "engine/ops/support_contents.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    return inferComparison(context,
                           [](const ir::Dim& a, const ir::Dim& b) { return provenNot(provenLess(b, a)); });
}

base::Status evaluate(EvalContext& context) {
    return compareNumbers(context, [](auto a, auto b) { return a <= b; });
}

}  // namespace

Op lessOrEqualOp() {
    return {.name = "LessOrEqual",
            .sinceVersion = 16,
            .family = Family::elementwise,
            .summary = "c = a <= b",
            .inputs = {{"A", kNumbers, "T"}, {"B", kNumbers, "T"}},
            .outputs = {{"C", kBool}},
            .attributes = {},
            .infer = infer,
            .cost = elementwiseCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
