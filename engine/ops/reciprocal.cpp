// Reciprocal: y = 1 / x; infinite at 0; elementwise.
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) { return 1 / x; });
}

}  // namespace

Op reciprocalOp() {
    return {.name = "Reciprocal",
            .sinceVersion = 13,
            .family = Family::elementwise,
            .summary = "y = 1 / x",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = elementwiseCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
