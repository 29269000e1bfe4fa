// RandomUniformLike: numbers from a uniform distribution on [low, high), in the shape of the input.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_random.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    return setRandomUniform(context, randomType(context.attributes(), x.type()), x.shape());
}

}  // namespace

Op randomUniformLikeOp() {
    return {.name = "RandomUniformLike",
            .sinceVersion = 22,
            .family = Family::control,
            .summary = "Random numbers from a uniform distribution on [low, high)",
            .inputs = {{"input", kAnyType, "T1"}},
            .outputs = {{"output", kFloats, "T2"}},
            .attributes = {integerAttribute("dtype", 0, "element type of the output"),
                           realAttribute("high", 1, "upper bound"), realAttribute("low", 0, "lower bound"),
                           realAttribute("seed", 0, "seed; none: the run's")},
            .infer = inferRandomLike,
            .cost = nullptr,
            .evaluate = evaluate,
            .deterministic = false};
}

}  // namespace lathe::ops
