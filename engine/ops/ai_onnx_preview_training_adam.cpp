// Adam (Kingma, Ba 2015; ONNX Adam): g = gradient + norm_coefficient * x,
//
//   v = alpha*v + (1 - alpha)*g      h = beta*h + (1 - beta)*g^2
//   r = R * sqrt(1 - beta^T) / (1 - alpha^T), or R for T = 0
//   x = (1 - norm_coefficient_post) * (x - r*v / (sqrt(h) + epsilon))
#include <cmath>

#include "engine/ops/support_attributes.h"
#include "engine/ops/support_optimizer.h"

namespace lathe::ops {
namespace {

constexpr size_t kStates = 2;

base::Status evaluate(EvalContext& context) {
    const auto& attributes = context.attributes();
    const auto real = [&](std::string_view name, float otherwise) {
        return static_cast<double>(attributes.real(name, otherwise));
    };
    const double alpha = real("alpha", 0.9f), beta = real("beta", 0.999f), epsilon = real("epsilon", 0),
                 norm = real("norm_coefficient", 0), normPost = real("norm_coefficient_post", 0);
    return evaluateOptimizer(
        context, kStates,
        [&](const OptimizerStep& step, double& x, double gradient, std::span<double> states) {
            const double g = gradient + norm * x, count = static_cast<double>(step.count);
            double &v = states[0], &h = states[1];
            v = alpha * v + (1 - alpha) * g;
            h = beta * h + (1 - beta) * g * g;
            const double rate = step.count > 0 ? step.rate * std::sqrt(1 - std::pow(beta, count)) /
                                                     (1 - std::pow(alpha, count))
                                               : step.rate;
            x = (1 - normPost) * (x - rate * v / (std::sqrt(h) + epsilon));
        });
}

}  // namespace

Op aiOnnxPreviewTrainingAdamOp() {
    Op op = optimizerOp([](InferContext& context) { return inferOptimizer(context, kStates); }, evaluate);
    op.name = "Adam";
    op.summary = "One step of Adam";
    op.attributes = {realAttribute("alpha", 0.9, "how much of the mean gradient stays"),
                     realAttribute("beta", 0.999, "how much of the mean squared gradient stays"),
                     realAttribute("epsilon", 0, "added to the divisor"),
                     realAttribute("norm_coefficient", 0, "factor of x in the gradient"),
                     realAttribute("norm_coefficient_post", 0, "part of x taken away after the step")};
    return op;
}

}  // namespace lathe::ops
