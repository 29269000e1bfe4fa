// RandomNormalLike: numbers from a normal distribution with the given mean and standard deviation, in the
// shape of the input.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_random.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    return setRandomNormal(context, randomType(context.attributes(), x.type()), x.shape());
}

}  // namespace

Op randomNormalLikeOp() {
    return {.name = "RandomNormalLike",
            .sinceVersion = 22,
            .family = Family::control,
            .summary = "Random numbers from a normal distribution with the given mean and standard deviation",
            .inputs = {{"input", kAnyType, "T1"}},
            .outputs = {{"output", kFloats, "T2"}},
            .attributes = {integerAttribute("dtype", 0, "element type of the output"),
                           realAttribute("mean", 0, "mean"), realAttribute("scale", 1, "standard deviation"),
                           realAttribute("seed", 0, "seed; none: the run's")},
            .infer = inferRandomLike,
            .cost = nullptr,
            .evaluate = evaluate,
            .deterministic = false};
}

}  // namespace lathe::ops
