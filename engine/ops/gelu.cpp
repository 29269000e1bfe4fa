// Gelu: y = x * Phi(x) with the normal distribution Phi: x/2 * (1 + erf(x/sqrt(2))), or its approximation
// x/2 * (1 + tanh(sqrt(2/pi) * (x + 0.044715 x^3)))  (Hendrycks, Gimpel 2016).
#include <cmath>
#include <numbers>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_elementwise.h"

namespace lathe::ops {
namespace {

base::Status evaluate(EvalContext& context) {
    const auto approximate = context.attributes().text("approximate", "none");
    if (approximate == "tanh")
        return mapReals(context, [](double x) {
            return 0.5 * x * (1 + std::tanh(std::sqrt(2 / std::numbers::pi) * (x + 0.044715 * x * x * x)));
        });
    return mapReals(context, [](double x) { return 0.5 * x * (1 + std::erf(x / std::numbers::sqrt2)); });
}

}  // namespace

Op geluOp() {
    return {.name = "Gelu",
            .sinceVersion = 20,
            .family = Family::activation,
            .summary = "y = x / 2 * (1 + erf(x / sqrt(2)))",
            .inputs = {{"X", kFloats, "T"}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = {choiceAttribute("approximate", {"none", "tanh"}, "none",
                                           "the exact function or the tanh approximation")},
            .infer = inferSameAsFirst,
            .cost = transcendentalCost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
