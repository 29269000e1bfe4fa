// RandomNormal: numbers from a normal distribution with the given mean and standard deviation.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_random.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    const auto shape = context.attributes().integers("shape");
    return setRandomNormal(context, randomType(context.attributes(), tensor::DataType::float32), shape);
}

}  // namespace

Op randomNormalOp() {
    return {.name = "RandomNormal",
            .sinceVersion = 22,
            .family = Family::control,
            .summary = "Random numbers from a normal distribution with the given mean and standard deviation",
            .inputs = {},
            .outputs = {{"output", kFloats, "T2"}},
            .attributes = {integerAttribute("dtype", 1, "element type of the output"),
                           realAttribute("mean", 0, "mean"), realAttribute("scale", 1, "standard deviation"),
                           realAttribute("seed", 0, "seed; none: the run's"),
                           integersAttribute("shape", "shape of the output", true)},
            .infer = inferRandom,
            .cost = nullptr,
            .evaluate = evaluate,
            .deterministic = false};
}

}  // namespace lathe::ops
