// Normalisation of input + skip + bias over the last axis, as transformer blocks use it. Outputs: the result,
// mean, 1/deviation, and the sum.
#pragma once

#include "engine/ops/op.h"

namespace lathe::ops {

// Inputs 0 to 2 are input, skip, gamma. Where the others are; 0: the operator has none.
struct SkipNormalization {
    bool centred = true;  // by mean and variance, else by the root of the mean square
    size_t beta = 0, bias = 0;
};

base::Status inferSkipNormalization(InferContext& context);
base::Status evaluateSkipNormalization(EvalContext& context, const SkipNormalization& form);
std::vector<Formal> skipNormalizationOutputs();

}  // namespace lathe::ops
