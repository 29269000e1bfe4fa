// com.microsoft FastGelu: y = x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))), with x = X + bias over the last
// axis.
#include <cmath>

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
    for (auto& value : *y)
        value = 0.5 * value * (1 + std::tanh(0.7978845608 * value + 0.035677408137 * value * value * value));
    return setReals(context, 0, context.in(0).type(), context.in(0).shape(), *y);
}

}  // namespace

Op comMicrosoftFastGeluOp() {
    return {.name = "FastGelu",
            .domain = kMicrosoft,
            .family = Family::activation,
            .summary = "y = x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3)))",
            .inputs = {{"X", kFloats, "T"}, {"bias", kFloats, "T", Presence::optional}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {},
            .infer = infer,
            .cost = transcendentalCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
