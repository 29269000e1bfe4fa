// Asin: y = arcsin(x) in radians; NaN outside [-1, 1]; elementwise.
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) { return std::asin(x); });
}

}  // namespace

Op asinOp() {
    return {.name = "Asin",
            .sinceVersion = 22,
            .family = Family::elementwise,
            .summary = "y = arcsin(x)",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = transcendentalCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
