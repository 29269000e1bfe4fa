// Round: y = x rounded to the nearest integer, halves to the even one; elementwise.
#include <cmath>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) { return std::nearbyint(x); });
}

}  // namespace

Op roundOp() {
    return {.name = "Round",
            .sinceVersion = 22,
            .family = Family::elementwise,
            .summary = "y = round(x), halves to even",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = elementwiseCost,
            .evaluate = evaluate,
            .gradient = zeroGradient};
}

}  // namespace lathe::ops
