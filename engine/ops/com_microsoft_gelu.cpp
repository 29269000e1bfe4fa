// com.microsoft Gelu: y = x/2 (1 + erf(x/sqrt(2))).
#include <cmath>
#include <numbers>

#include "engine/ops/op.h"
#include "engine/ops/support_q_linear.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    Reals y = reals(x);
    for (auto& value : y) value = 0.5 * value * (1 + std::erf(value / std::numbers::sqrt2));
    return setReals(context, 0, x.type(), x.shape(), y);
}

}  // namespace

Op comMicrosoftGeluOp() {
    return {.name = "Gelu",
            .domain = kMicrosoft,
            .family = Family::activation,
            .summary = "y = x/2 (1 + erf(x/sqrt(2)))",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = inferSameAsFirst,
            .cost = transcendentalCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
