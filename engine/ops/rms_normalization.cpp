// RMSNormalization: y = x / sqrt(mean(x^2) + epsilon) * scale, mean over the axes from `axis` to the last.
#include "engine/ops/support_normalize.h"
#include "engine/ops/support_root_mean_square.h"

namespace lathe::ops {

Op rmsNormalizationOp() {
    return {.name = "RMSNormalization",
            .sinceVersion = 23,
            .family = Family::normalization,
            .summary = "y = x / sqrt(mean(x^2) + epsilon) * scale over the last axes",
            .inputs = {{"X", kFloats, "T"}, {"scale", kFloats, "V"}},
            .outputs = {{"Y", kFloats, "V"}},
            .attributes = rootMeanSquareAttributes(),
            .infer = inferRootMeanSquare,
            .cost = normalizationCost,
            .evaluate = evaluateRootMeanSquare};
}

}  // namespace lathe::ops
