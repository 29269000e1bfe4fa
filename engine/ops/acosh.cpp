// Acosh: y = arcosh(x); NaN below 1; elementwise.
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) { return std::acosh(x); });
}

}  // namespace

Op acoshOp() {
    return {.name = "Acosh",
            .sinceVersion = 22,
            .family = Family::elementwise,
            .summary = "y = arcosh(x)",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = transcendentalCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
