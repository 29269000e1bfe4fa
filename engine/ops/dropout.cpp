// Dropout: y = x; in training y = x * mask / (1 - ratio) with a random mask that keeps 1 - ratio of x.
// (Srivastava et al. 2014). The same seed gives the same mask.
#include <algorithm>
#include <random>

#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_wide.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    context.setOutput(0, context.type(0));
    context.setOutput(1, tensor::DataType::boolean, context.type(0).shape);
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto training = integerOf(context, 2, "training_mode", 0);
    if (!training) return training.error();
    double ratio = 0.5;
    if (context.has(1)) {
        if (context.in(1).elementCount() != 1)
            return context.error("ratio has {} elements, expected 1", context.in(1).elementCount());
        ratio = context.in(1).realAt(0);
    }
    if (!(ratio >= 0 && ratio < 1)) return context.error("ratio is {}, expected from 0 to below 1", ratio);
    auto mask = context.allocate(tensor::DataType::boolean, x.shape());
    if (!mask) return mask.error();
    const auto kept = mask->mutableValues<bool>();
    std::fill(kept.begin(), kept.end(), true);
    if (*training == 0 || ratio == 0) {
        context.set(0, x);
        context.set(1, std::move(*mask));
        return {};
    }
    const auto seed = context.attributes().integer("seed", static_cast<int64_t>(context.seed()));
    std::mt19937_64 random(static_cast<uint64_t>(seed));
    auto y = context.allocate(x.type(), x.shape());
    if (!y) return y.error();
    auto values = widened<double>(x);
    for (size_t i = 0; i < values.size(); ++i) {
        // 53 random bits as a number in [0, 1): the same on every machine.
        kept[i] = static_cast<double>(random() >> 11) * 0x1p-53 >= ratio;
        values[i] = kept[i] ? values[i] / (1 - ratio) : 0;
    }
    narrow<double>(values, *y);
    context.set(0, std::move(*y));
    context.set(1, std::move(*mask));
    return {};
}

// At inference nothing is dropped: dx = dy.
base::Status gradient(GradientContext& context) {
    const auto* training = context.constantInput(2);
    if (context.has(2) && !(training && training->elementCount() == 1 && training->integerAt(0) == 0))
        return context.error("it may drop elements at random. Set training_mode to the constant false.");
    context.set(0, context.outputGradient());
    return {};
}

}  // namespace

Op dropoutOp() {
    return {
        .name = "Dropout",
        .sinceVersion = 22,
        .family = Family::normalization,
        .summary = "y = x, or in training x * mask / (1 - ratio)",
        .inputs = {{"data", kFloats, "T"},
                   {"ratio", kFloats, "T1", Presence::optional},
                   {"training_mode", kBool, {}, Presence::optional}},
        .outputs = {{"output", kFloats, "T"}, {"mask", kBool, {}, Presence::optional}},
        .attributes = {integerAttribute("seed", 0, "start of the random numbers; absent: that of the run")},
        .infer = infer,
        .evaluate = evaluate,
        .gradient = gradient,
        .deterministic = false};
}

}  // namespace lathe::ops
