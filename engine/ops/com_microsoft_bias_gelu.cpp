// com.microsoft BiasGelu: y = x/2 (1 + erf(x/sqrt(2))), with x = A + B over the last axis.
#include <cmath>
#include <numbers>

#include "engine/ops/op.h"
#include "engine/ops/support_bias.h"
#include "engine/ops/support_q_linear.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    if (auto ok = checkLastAxisBias(context); !ok) return ok;
    return inferSameAsFirst(context);
}

base::Status evaluate(EvalContext& context) {
    auto y = biased(context);
    if (!y) return y.error();
    for (auto& value : *y) value = 0.5 * value * (1 + std::erf(value / std::numbers::sqrt2));
    return setReals(context, 0, context.in(0).type(), context.in(0).shape(), *y);
}

}  // namespace

Op comMicrosoftBiasGeluOp() {
    return {.name = "BiasGelu",
            .domain = kMicrosoft,
            .family = Family::activation,
            .summary = "y = x/2 (1 + erf(x/sqrt(2)))",
            .inputs = {{"A", kFloats, "T"}, {"B", kFloats, "T"}},
            .outputs = {{"C", kFloats, "T"}},
            .attributes = {},
            .infer = infer,
            .cost = transcendentalCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
