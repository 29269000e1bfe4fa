// Xor: c = either a or b, not both, broadcast; bools.
#include "engine/ops/op.h"
#include "engine/ops/support_contents.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    return inferComparison(context,
                           [](const ir::Dim& a, const ir::Dim& b) { return a + b - ir::Dim(2) * a * b; });
}

base::Status evaluate(EvalContext& context) {
    return combineBools(context, [](bool a, bool b) { return a != b; });
}

}  // namespace

Op xorOp() {
    return {.name = "Xor",
            .sinceVersion = 7,
            .family = Family::elementwise,
            .summary = "c = either a or b, not both",
            .inputs = {{"A", kBool, "T"}, {"B", kBool, "T"}},
            .outputs = {{"C", kBool, "T"}},
            .attributes = {},
            .infer = infer,
            .cost = elementwiseCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
