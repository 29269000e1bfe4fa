// NegativeLogLikelihoodLoss: loss = -weight[t] * x[n, t, ...] for the target class t; none, sum, or mean over
// the weights.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_class_loss.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) { return evaluateClassLoss(context, reals(context.in(0))); }

base::Status gradient(GradientContext& context) {
    const auto result = classLossGradient(context, context.outputGradient());
    if (!result) return result.error();
    context.set(0, *result);
    return {};
}

}  // namespace

Op negativeLogLikelihoodLossOp() {
    return {.name = "NegativeLogLikelihoodLoss",
            .sinceVersion = 22,
            .family = Family::control,
            .summary = "loss = -weight of the target class * its log-probability",
            .inputs = {{"input", kFloats, "T"},
                       {"target", kIndices, "Tind"},
                       {"weight", kFloats, "T", Presence::optional}},
            .outputs = {{"loss", kFloats, "T"}},
            .attributes = classLossAttributes(),
            .infer = inferClassLoss,
            .cost = reductionCost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
