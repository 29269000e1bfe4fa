// Ceil: y = the smallest integer not below x; elementwise.
#include <cmath>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) { return std::ceil(x); });
}

}  // namespace

Op ceilOp() {
    return {.name = "Ceil",
            .sinceVersion = 13,
            .family = Family::elementwise,
            .summary = "y = ceil(x)",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = elementwiseCost,
            .evaluate = evaluate,
            .gradient = zeroGradient};
}

}  // namespace lathe::ops
