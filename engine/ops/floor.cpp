// Floor: y = the greatest integer not above x; elementwise.
#include <cmath>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) { return std::floor(x); });
}

}  // namespace

Op floorOp() {
    return {.name = "Floor",
            .sinceVersion = 13,
            .family = Family::elementwise,
            .summary = "y = floor(x)",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = elementwiseCost,
            .evaluate = evaluate,
            .gradient = zeroGradient};
}

}  // namespace lathe::ops
