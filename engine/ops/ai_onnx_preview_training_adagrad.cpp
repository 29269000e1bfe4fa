// Adagrad (Duchi, Hazan, Singer 2011; ONNX Adagrad): g = gradient + norm_coefficient * x,
//
//   h = h + g^2      x = x - R / (1 + T * decay_factor) * g / (sqrt(h) + epsilon)
#include <cmath>

#include "engine/ops/support_attributes.h"
#include "engine/ops/support_optimizer.h"

namespace lathe::ops {
namespace {

constexpr size_t kStates = 1;

base::Status evaluate(EvalContext& context) {
    const auto& attributes = context.attributes();
    const double decay = static_cast<double>(attributes.real("decay_factor", 0)),
                 epsilon = static_cast<double>(attributes.real("epsilon", 0)),
                 norm = static_cast<double>(attributes.real("norm_coefficient", 0));
    return evaluateOptimizer(
        context, kStates,
        [&](const OptimizerStep& step, double& x, double gradient, std::span<double> states) {
            const double g = gradient + norm * x;
            double& h = states[0];
            h += g * g;
            x -= step.rate / (1 + static_cast<double>(step.count) * decay) * g / (std::sqrt(h) + epsilon);
        });
}

}  // namespace

Op aiOnnxPreviewTrainingAdagradOp() {
    Op op = optimizerOp([](InferContext& context) { return inferOptimizer(context, kStates); }, evaluate);
    op.name = "Adagrad";
    op.summary = "One step of Adagrad";
    op.attributes = {realAttribute("decay_factor", 0, "how fast the rate falls with the count of steps"),
                     realAttribute("epsilon", 0, "added to the divisor"),
                     realAttribute("norm_coefficient", 0, "factor of x in the gradient")};
    return op;
}

}  // namespace lathe::ops
