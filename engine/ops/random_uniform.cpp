// RandomUniform: numbers from a uniform distribution on [low, high).
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
    const double low = static_cast<double>(context.attributes().real("low", 0)),
                 high = static_cast<double>(context.attributes().real("high", 1));
    if (!(low <= high)) return context.error("low {} is above high {}", low, high);
    std::uniform_real_distribution<double> unit;
    const auto draw = [&](std::mt19937_64& generator) { return low + (high - low) * unit(generator); };
    const auto shape = context.attributes().integers("shape");
    return setRandom(context, randomType(context.attributes(), tensor::DataType::float32), shape, draw);
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
            .infer = infer,
            .cost = nullptr,
            .evaluate = evaluate,
            .deterministic = false};
}

}  // namespace lathe::ops
