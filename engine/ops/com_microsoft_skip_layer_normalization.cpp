// com.microsoft SkipLayerNormalization: s = input + skip + bias, y = (s - mean) / sqrt(variance + epsilon) *
// gamma + beta over the last axis. Outputs y, mean, 1/deviation, s.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_normalize.h"
#include "engine/ops/support_q_linear.h"
#include "engine/ops/support_skip_normalize.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return evaluateSkipNormalization(context, {.beta = 3, .bias = 4});
}

}  // namespace

Op comMicrosoftSkipLayerNormalizationOp() {
    return {.name = "SkipLayerNormalization",
            .domain = kMicrosoft,
            .family = Family::normalization,
            .summary = "Layer normalisation of input + skip + bias",
            .inputs = {{"input", kFloats, "T"},
                       {"skip", kFloats, "T"},
                       {"gamma", kFloats, "T"},
                       {"beta", kFloats, "T", Presence::optional},
                       {"bias", kFloats, "T", Presence::optional}},
            .outputs = skipNormalizationOutputs(),
            .attributes = {realAttribute("epsilon", 1e-12, "added to the variance")},
            .infer = inferSkipNormalization,
            .cost = normalizationCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
