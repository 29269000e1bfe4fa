#include "engine/ops/support_convolution.h"

namespace lathe::ops {
namespace {

using ir::Dim;
using ir::SymbolicShape;

// The kernel size: the attribute when given, else the weight's spatial dimensions when they are numbers.
base::Result<std::optional<std::vector<int64_t>>> kernelOf(const InferContext& context,
                                                           const SymbolicShape* weight, size_t rank) {
    auto kernel = context.attributes().integers("kernel_shape");
    if (!kernel.empty() && kernel.size() != rank)
        return context.error("kernel_shape has {} items, expected {}", kernel.size(), rank);
    if (!weight) return kernel.empty() ? std::nullopt : std::optional(kernel);
    for (size_t i = 0; i < rank; ++i) {
        const auto size = (*weight)[i + 2].constant();
        if (!size && kernel.size() != rank) return std::optional<std::vector<int64_t>>();
        if (!size) continue;
        if (kernel.size() == i) kernel.push_back(*size);
        if (kernel[i] != *size)
            return context.error("kernel_shape is {} on spatial axis {}, but the weight has {}", kernel[i], i,
                                 *size);
    }
    return std::optional(kernel);
}

}  // namespace

base::Result<std::optional<SymbolicShape>> convolutionShape(const InferContext& context, size_t x, size_t w) {
    const auto* input = context.shape(x);
    const auto* weight = context.shape(w);
    if (!input && !weight) return std::optional<SymbolicShape>();
    const size_t dims = input ? input->size() : weight->size();
    if (dims < 3)
        return context.error("{} has {} dimensions, expected at least 3", input ? "input" : "weight", dims);
    if (weight && weight->size() != dims)
        return context.error("weight has {} dimensions, expected {}", weight->size(), dims);
    const int64_t groups = context.attributes().integer("group", 1);
    if (groups < 1) return context.error("group is {}, expected at least 1", groups);
    if (weight) {
        if (input && (*input)[1].isKnown() && (*weight)[1].isKnown() &&
            *(*input)[1].constant() != *(*weight)[1].constant() * groups)
            return context.error("input has {} channels, but the weight takes {} in {} groups",
                                 (*input)[1].toString(), (*weight)[1].toString(), groups);
        if ((*weight)[0].isKnown() && *(*weight)[0].constant() % groups != 0)
            return context.error("{} output channels do not divide into {} groups", (*weight)[0].toString(),
                                 groups);
    }
    SymbolicShape result(dims, Dim::unknown());
    if (input) result[0] = (*input)[0];
    if (weight) result[1] = (*weight)[0];
    auto kernel = kernelOf(context, weight, dims - 2);
    if (!kernel) return kernel.error();
    if (!*kernel) return std::optional(result);
    const auto window = readWindow(context.attributes(), **kernel);
    if (!window) return context.error("{}", window.error().message);
    for (size_t i = 0; i + 2 < dims && input; ++i) {
        result[i + 2] = windowOutput(*window, i, (*input)[i + 2]);
        if (result[i + 2].isKnown() && *result[i + 2].constant() < 1 && (*input)[i + 2].constantOr(1) > 0)
            return context.error("the kernel of size {} does not fit into spatial axis {} of size {}",
                                 window->extent(i), i, (*input)[i + 2].toString());
    }
    return std::optional(result);
}

base::Status checkChannelVector(const InferContext& context, size_t i, std::string_view what,
                                const SymbolicShape& output) {
    const auto* shape = context.shape(i);
    if (!shape) return {};
    if (shape->size() != 1) return context.error("{} has {} dimensions, expected 1", what, shape->size());
    const auto& channels = output[1];
    if ((*shape)[0].isKnown() && channels.isKnown() && !same((*shape)[0], channels))
        return context.error("{} has {} items, expected {}", what, (*shape)[0].toString(),
                             channels.toString());
    return {};
}

double convolutionMacs(const CostContext& context, size_t w) {
    // Each output element sums one product an element of its filter.
    const double filters = static_cast<double>(context.inputs[w].shape[0]);
    return filters > 0 ? context.outputElements() * context.inputElements(w) / filters : 0;
}

base::Result<ConvolutionPlan> planConvolution(const EvalContext& context, const tensor::Tensor& x,
                                              const tensor::Tensor& w) {
    if (x.rank() < 3 || w.rank() != x.rank())
        return context.error("input {} and weight {} must have one rank of at least 3",
                             tensor::toString(x.shape()), tensor::toString(w.shape()));
    ConvolutionPlan plan;
    plan.batch = x.shape()[0];
    plan.groups = context.attributes().integer("group", 1);
    plan.inPerGroup = w.shape()[1];
    if (plan.groups < 1 || x.shape()[1] != plan.inPerGroup * plan.groups || w.shape()[0] % plan.groups != 0)
        return context.error("input {} and weight {} do not fit {} groups", tensor::toString(x.shape()),
                             tensor::toString(w.shape()), plan.groups);
    plan.outPerGroup = w.shape()[0] / plan.groups;
    const std::vector<int64_t> kernel(w.shape().begin() + 2, w.shape().end());
    if (const auto given = context.attributes().integers("kernel_shape"); !given.empty() && given != kernel)
        return context.error("kernel_shape differs from the weight {}", tensor::toString(w.shape()));
    auto window = readWindow(context.attributes(), kernel);
    if (!window) return context.error("{}", window.error().message);
    auto placed = placeWindow(std::move(*window), std::span(x.shape().begin() + 2, kernel.size()));
    if (!placed) return context.error("{}", placed.error().message);
    plan.runs = windowRuns(*placed);
    plan.outputShape = {plan.batch, w.shape()[0]};
    for (const auto size : placed->output) plan.outputShape.push_back(size);
    return plan;
}

}  // namespace lathe::ops
