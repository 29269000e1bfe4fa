// com.microsoft SkipSimplifiedLayerNormalization: s = input + skip + bias, y = s / sqrt(mean(s^2) + epsilon)
// * gamma over the last axis. Outputs y, mean (always 0), 1/sqrt(mean(s^2) + epsilon), s.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_normalize.h"
#include "engine/ops/support_q_linear.h"
#include "engine/ops/support_skip_normalize.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    return evaluateSkipNormalization(context, {.centred = false, .bias = 3});
}

}  // namespace

Op comMicrosoftSkipSimplifiedLayerNormalizationOp() {
    return {.name = "SkipSimplifiedLayerNormalization",
            .domain = kMicrosoft,
            .family = Family::normalization,
            .summary = "Root mean square normalisation of input + skip + bias",
            .inputs = {{"input", kFloats, "T"},
                       {"skip", kFloats, "T"},
                       {"gamma", kFloats, "T"},
                       {"bias", kFloats, "T", Presence::optional}},
            .outputs = skipNormalizationOutputs(),
            .attributes = {realAttribute("epsilon", 1e-12, "added to the variance")},
            .infer = inferSkipNormalization,
            .cost = normalizationCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
