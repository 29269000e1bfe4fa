// Momentum (Sutskever et al. 2013; ONNX Momentum): g = gradient + norm_coefficient * x,
//
//   v = alpha*v + beta*g     (beta counts as 1 in the first step, T = 0)
//   standard: x = x - R*v        nesterov: x = x - R*(g + alpha*v)
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_optimizer.h"

namespace lathe::ops {
namespace {

constexpr size_t kStates = 1;

base::Status evaluate(EvalContext& context) {
    const auto& attributes = context.attributes();
    const double alpha = static_cast<double>(attributes.real("alpha", 0)),
                 beta = static_cast<double>(attributes.real("beta", 0)),
                 norm = static_cast<double>(attributes.real("norm_coefficient", 0));
    const bool nesterov = attributes.text("mode", "standard") == "nesterov";
    return evaluateOptimizer(
        context, kStates,
        [&](const OptimizerStep& step, double& x, double gradient, std::span<double> states) {
            const double g = gradient + norm * x;
            double& v = states[0];
            v = alpha * v + (step.count > 0 ? beta : 1) * g;
            x -= step.rate * (nesterov ? g + alpha * v : v);
        });
}

base::ParamSpec required(base::ParamSpec spec) {
    spec.required = true;
    return spec;
}

}  // namespace

Op aiOnnxPreviewTrainingMomentumOp() {
    Op op = optimizerOp([](InferContext& context) { return inferOptimizer(context, kStates); }, evaluate);
    op.name = "Momentum";
    op.summary = "One step of gradient descent with momentum";
    op.attributes = {
        required(realAttribute("alpha", 0, "how much of the momentum stays")),
        required(realAttribute("beta", 0, "factor of the gradient in the momentum")),
        required(choiceAttribute("mode", {"nesterov", "standard"}, "standard", "which rule moves x")),
        required(realAttribute("norm_coefficient", 0, "factor of x in the gradient"))};
    return op;
}

}  // namespace lathe::ops
