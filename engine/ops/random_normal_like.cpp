// RandomNormalLike: numbers from a normal distribution with the given mean and standard deviation, in the
// shape of the input.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_random.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto type = randomType(context.attributes(), context.element(0));
    if (type != tensor::DataType::undefined && !(typeBit(type) & kFloats))
        return context.error("dtype {} is no floating-point type. Set dtype to one.", name(type));
    context.setOutput(0, type, context.type(0).shape);
    return {};
}

base::Status evaluate(EvalContext& context) {
    const double mean = static_cast<double>(context.attributes().real("mean", 0)),
                 scale = static_cast<double>(context.attributes().real("scale", 1));
    if (!(scale >= 0)) return context.error("scale is {}, expected 0 or more", scale);
    std::normal_distribution<double> standard;
    const auto draw = [&](std::mt19937_64& generator) { return mean + scale * standard(generator); };
    const auto& x = context.in(0);
    return setRandom(context, randomType(context.attributes(), x.type()), x.shape(), draw);
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
            .infer = infer,
            .cost = nullptr,
            .evaluate = evaluate,
            .deterministic = false};
}

}  // namespace lathe::ops
