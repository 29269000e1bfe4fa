#include "engine/ops/support_ml_svm.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/ops/support_attributes.h"

namespace lathe::ops {

double KernelFunction::operator()(std::span<const double> a, std::span<const double> b) const {
    if (kind == SvmKernel::rbf) {
        double distance = 0;
        for (size_t i = 0; i < a.size(); ++i) distance += (a[i] - b[i]) * (a[i] - b[i]);
        return std::exp(-gamma * distance);
    }
    const double dot = std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
    if (kind == SvmKernel::linear) return dot;
    const double moved = gamma * dot + shift;
    return kind == SvmKernel::poly ? std::pow(moved, degree) : std::tanh(moved);
}

KernelFunction kernelFunction(const ir::Attributes& attributes) {
    const auto name = attributes.text("kernel_type", "LINEAR");
    auto numbers = attributes.reals("kernel_params");
    numbers.resize(3);
    return {name == "POLY"      ? SvmKernel::poly
            : name == "RBF"     ? SvmKernel::rbf
            : name == "SIGMOID" ? SvmKernel::sigmoid
                                : SvmKernel::linear,
            static_cast<double>(numbers[0]), static_cast<double>(numbers[1]),
            static_cast<double>(numbers[2])};
}

std::vector<base::ParamSpec> kernelAttributes() {
    return {realsAttribute("coefficients", "weights of the support vectors, or of the features without them",
                           true),
            realsAttribute("kernel_params", "gamma, coef0 and degree"),
            choiceAttribute("kernel_type", {"LINEAR", "POLY", "RBF", "SIGMOID"}, "LINEAR",
                            "how rows are compared with support vectors"),
            realsAttribute("rho", "added to the scores", true),
            realsAttribute("support_vectors", "rows of the training data")};
}

// Minimises sum over i, j of (r[j][i] p[i] - r[i][j] p[j])^2 one p at a time: with Q[i][i] = sum r[j][i]^2
// and Q[i][j] = -r[j][i] r[i][j] the minimum has Q p = (p Q p) for every class.
std::vector<double> coupled(std::span<const double> pairs, size_t classes) {
    const size_t k = classes;
    const double enough = 0.005 / static_cast<double>(k);
    const size_t mostRounds = std::max(size_t{100}, k);
    std::vector<double> q(k * k, 0.0), p(k, 1.0 / static_cast<double>(k)), qp(k);
    for (size_t i = 0; i < k; ++i)
        for (size_t j = 0; j < k; ++j) {
            if (i == j) continue;
            q[i * k + i] += pairs[j * k + i] * pairs[j * k + i];
            q[i * k + j] = -pairs[j * k + i] * pairs[i * k + j];
        }
    for (size_t round = 0; round < mostRounds; ++round) {
        for (size_t i = 0; i < k; ++i)
            qp[i] =
                std::inner_product(p.begin(), p.end(), q.begin() + static_cast<std::ptrdiff_t>(i * k), 0.0);
        double pqp = std::inner_product(p.begin(), p.end(), qp.begin(), 0.0);
        const bool settled =
            std::all_of(qp.begin(), qp.end(), [&](double x) { return std::fabs(x - pqp) < enough; });
        if (settled) break;
        for (size_t i = 0; i < k; ++i) {
            const double step = (pqp - qp[i]) / q[i * k + i], scale = 1 + step;
            p[i] += step;
            pqp = (pqp + step * (step * q[i * k + i] + 2 * qp[i])) / (scale * scale);
            for (size_t j = 0; j < k; ++j) {
                qp[j] = (qp[j] + step * q[i * k + j]) / scale;
                p[j] /= scale;
            }
        }
    }
    return p;
}

Cost svmCost(const CostContext& context) {
    if (!context.attributes || !context.has(0)) return trafficCost(context);
    const auto vectors = context.attributes->reals("support_vectors").size();
    const auto weights = context.attributes->reals("coefficients").size();
    const auto rows = context.inputs[0].shape.size() == 2 ? context.inputs[0].shape[0] : 1;
    return macCost(context, static_cast<double>(rows) * static_cast<double>(vectors + weights));
}

}  // namespace lathe::ops
