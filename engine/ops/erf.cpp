// Erf: y = erf(x) = 2/sqrt(pi) * integral of exp(-t^2) from 0 to x; elementwise.
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return mapReals(context, [](double x) { return std::erf(x); });
}

}  // namespace

Op erfOp() {
    return {.name = "Erf",
            .sinceVersion = 13,
            .family = Family::elementwise,
            .summary = "y = erf(x)",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = transcendentalCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
