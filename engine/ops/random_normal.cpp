// RandomNormal: numbers from a normal distribution with the given mean and standard deviation.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_random.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto shape = context.attributes().integers("shape");
    for (const auto size : shape)
        if (size < 0)
            return context.error("shape {} has a negative size", tensor::toString(tensor::Dimensions(shape)));
    const auto type = randomType(context.attributes(), tensor::DataType::float32);
    if (!(typeBit(type) & kFloats)) return context.error("dtype {} is no floating-point type", name(type));
    context.setOutput(0, type, ir::symbolicShape(shape));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const double mean = static_cast<double>(context.attributes().real("mean", 0)),
                 scale = static_cast<double>(context.attributes().real("scale", 1));
    if (!(scale >= 0)) return context.error("scale is {}, expected 0 or more", scale);
    std::normal_distribution<double> standard;
    const auto draw = [&](std::mt19937_64& generator) { return mean + scale * standard(generator); };
    const auto shape = context.attributes().integers("shape");
    return setRandom(context, randomType(context.attributes(), tensor::DataType::float32), shape, draw);
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
            .infer = infer,
            .cost = nullptr,
            .evaluate = evaluate,
            .deterministic = false};
}

}  // namespace lathe::ops
