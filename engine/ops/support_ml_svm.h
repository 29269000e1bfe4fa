// Support vector machines of the domain ai.onnx.ml.
//
//   LINEAR a.b   POLY (g a.b + c)^d   RBF exp(-g |a - b|^2)   SIGMOID tanh(g a.b + c)
//
// Kernels and the coupling of pairwise probabilities as in libsvm: C.-C. Chang, C.-J. Lin, LIBSVM: A library
// for support vector machines (2011); T.-F. Wu, C.-J. Lin, R. C. Weng, Probability estimates for multi-class
// classification by pairwise coupling, JMLR 5 (2004), algorithm 2.
#pragma once

#include <span>
#include <vector>

#include "engine/base/param_spec.h"
#include "engine/ir/attribute.h"
#include "engine/ops/cost_context.h"

namespace lathe::ops {

enum class SvmKernel : uint8_t { linear, poly, rbf, sigmoid };

struct KernelFunction {
    SvmKernel kind = SvmKernel::linear;
    double gamma = 0, shift = 0, degree = 0;

    double operator()(std::span<const double> a, std::span<const double> b) const;
};
// From kernel_type and kernel_params (none, or gamma, coef0 and degree).
KernelFunction kernelFunction(const ir::Attributes& attributes);
std::vector<base::ParamSpec> kernelAttributes();

// Probabilities p of k classes from those of the pairs: r[i*k + j] is that of i where it is i or j.
std::vector<double> coupled(std::span<const double> pairs, size_t classes);

// Two operations a feature of every support vector and row.
Cost svmCost(const CostContext& context);

}  // namespace lathe::ops
