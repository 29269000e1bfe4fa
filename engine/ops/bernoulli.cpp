// Bernoulli: y = 1 with probability x, else 0.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_quantize.h"
#include "engine/ops/support_random.h"

namespace lathe::ops {
namespace {

constexpr TypeSet kOutput = kNumbers | kBool;

base::Status infer(InferContext& context) {
    const auto type = randomType(context.attributes(), context.element(0));
    if (type != tensor::DataType::undefined && !(typeBit(type) & kOutput))
        return context.error("dtype {} is no number type", name(type));
    context.setOutput(0, type, context.type(0).shape);
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto type = randomType(context.attributes(), x.type());
    auto y = context.allocate(type, x.shape());
    if (!y) return y.error();
    auto generator = randomGenerator(context);
    std::uniform_real_distribution<double> unit;
    Reals values = reals(x);
    for (auto& value : values) value = unit(generator) < value ? 1 : 0;
    if (type == tensor::DataType::boolean) {
        const auto out = y->mutableValues<bool>();
        for (size_t i = 0; i < values.size(); ++i) out[i] = values[i] != 0;
    } else if (typeBit(type) & kNumbers) {
        store(values, *y);
    } else {
        return context.error("dtype {} is no number type", name(type));
    }
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

Op bernoulliOp() {
    return {.name = "Bernoulli",
            .sinceVersion = 22,
            .family = Family::control,
            .summary = "1 with probability x, else 0",
            .inputs = {{"input", kFloats, "T1"}},
            .outputs = {{"output", kOutput, "T2"}},
            .attributes = {integerAttribute("dtype", 0, "element type of the output; 0: of the input"),
                           realAttribute("seed", 0, "seed; none: the run's")},
            .infer = infer,
            .cost = nullptr,
            .evaluate = evaluate,
            .deterministic = false};
}

}  // namespace lathe::ops
