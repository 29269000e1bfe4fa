// RandomUniform: numbers from a uniform distribution on [low, high).
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_random.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    const auto shape = context.attributes().integers("shape");
    return setRandomUniform(context, randomType(context.attributes(), tensor::DataType::float32), shape);
}

}  // namespace

Op randomUniformOp() {
    return {.name = "RandomUniform",
            .sinceVersion = 22,
            .family = Family::control,
            .summary = "Random numbers from a uniform distribution on [low, high)",
            .inputs = {},
            .outputs = {{"output", kFloats, "T2"}},
            .attributes = {integerAttribute("dtype", 1, "element type of the output"),
                           realAttribute("high", 1, "upper bound"), realAttribute("low", 0, "lower bound"),
                           realAttribute("seed", 0, "seed; none: the run's"),
                           integersAttribute("shape", "shape of the output", true)},
            .infer = inferRandom,
            .cost = nullptr,
            .evaluate = evaluate,
            .deterministic = false};
}

}  // namespace lathe::ops
