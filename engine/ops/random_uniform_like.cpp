// RandomUniformLike: numbers from a uniform distribution on [low, high), in the shape of the input.
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
    const double low = static_cast<double>(context.attributes().real("low", 0)),
                 high = static_cast<double>(context.attributes().real("high", 1));
    if (!(low <= high)) return context.error("low {} is above high {}", low, high);
    std::uniform_real_distribution<double> unit;
    const auto draw = [&](std::mt19937_64& generator) { return low + (high - low) * unit(generator); };
    const auto& x = context.in(0);
    return setRandom(context, randomType(context.attributes(), x.type()), x.shape(), draw);
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
            .infer = infer,
            .cost = nullptr,
            .evaluate = evaluate,
            .deterministic = false};
}

}  // namespace lathe::ops
