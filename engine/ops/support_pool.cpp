#include "engine/ops/support_pool.h"

#include "engine/ops/support_attributes.h"
#include "engine/ops/support_index.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

// How many elements each window has. A window that ceil_mode lets reach behind the pads does not count what
// lies there.
Reals windowSizes(const PoolPlan& plan, bool includePads) {
    const auto& [window, input, output] = plan.placed;
    Reals sizes(static_cast<size_t>(plan.runs.outputCount), 1);
    std::vector<int64_t> position(output.size(), 0);
    for (auto& size : sizes) {
        for (size_t i = 0; i < output.size(); ++i) {
            const int64_t low = includePads ? -window.padsBefore[i] : 0;
            const int64_t high = input[i] + (includePads ? window.padsAfter[i] : 0);
            int64_t count = 0;
            for (int64_t k = 0; k < window.kernel[i]; ++k) {
                const int64_t at =
                    position[i] * window.strides[i] - window.padsBefore[i] + k * window.dilations[i];
                count += at >= low && at < high;
            }
            size *= static_cast<double>(count);
        }
        nextIndex(position, output);
    }
    return sizes;
}

}  // namespace

std::vector<base::ParamSpec> poolAttributes() {
    auto attributes = windowAttributes();
    for (auto& attribute : attributes)
        if (attribute.name == "kernel_shape") attribute.required = true;
    attributes.push_back(flagAttribute("ceil_mode", 0, "1: output sizes are rounded up"));
    return attributes;
}

base::Result<std::optional<ir::SymbolicShape>> poolShape(const InferContext& context) {
    const auto* x = context.shape(0);
    if (!x) return std::optional<ir::SymbolicShape>();
    auto shape = poolShape(context, *x);
    if (!shape) return shape.error();
    return std::optional(std::move(*shape));
}

base::Result<ir::SymbolicShape> poolShape(const InferContext& context, const ir::SymbolicShape& x) {
    if (x.size() < 3) return context.error("input has {} dimensions, expected at least 3", x.size());
    auto kernel = context.attributes().integers("kernel_shape");
    if (kernel.size() + 2 != x.size())
        return context.error("kernel_shape has {} items, expected {}", kernel.size(), x.size() - 2);
    const auto window = readWindow(context.attributes(), std::move(kernel));
    if (!window) return context.error("{}", window.error().message);
    ir::SymbolicShape result = x;
    for (size_t i = 0; i < window->rank(); ++i) {
        result[i + 2] = windowOutput(*window, i, x[i + 2]);
        if (result[i + 2].constantOr(1) < 1 && x[i + 2].constantOr(1) > 0)
            return context.error("the window of size {} does not fit into spatial axis {} of size {}",
                                 window->extent(i), i, x[i + 2].toString());
    }
    return result;
}

base::Status inferGlobalPool(InferContext& context) {
    const auto* x = context.shape(0);
    if (!x) {
        context.setOutput(0, context.element(0), {});
        return {};
    }
    if (x->size() < 2) return context.error("input has {} dimensions, expected at least 2", x->size());
    ir::SymbolicShape result(x->size(), 1);
    result[0] = (*x)[0];
    result[1] = (*x)[1];
    context.setOutput(0, context.element(0), std::move(result));
    return {};
}

base::Result<PoolPlan> planPool(const EvalContext& context, const tensor::Tensor& x) {
    return planPool(context, x.shape());
}

base::Result<PoolPlan> planPool(const EvalContext& context, const tensor::Shape& x) {
    auto kernel = context.attributes().integers("kernel_shape");
    if (x.size() < 3 || kernel.size() + 2 != x.size())
        return context.error("input {} does not fit a kernel of {} dimensions", tensor::toString(x),
                             kernel.size());
    auto window = readWindow(context.attributes(), std::move(kernel));
    if (!window) return context.error("{}", window.error().message);
    const size_t rank = window->rank();
    auto placed = placeWindow(std::move(*window), std::span(x.begin() + 2, rank));
    if (!placed) return context.error("{}", placed.error().message);
    PoolPlan plan;
    plan.planes = x[0] * x[1];
    plan.outputShape = {x[0], x[1]};
    for (const auto size : placed->output) plan.outputShape.push_back(size);
    if (!tensor::checkedElementCount(plan.outputShape))
        return context.error("the result {} is too large", tensor::toString(plan.outputShape));
    plan.runs = windowRuns(*placed);
    plan.placed = std::move(*placed);
    return plan;
}

base::Result<GlobalPool> planGlobalPool(const EvalContext& context, const tensor::Tensor& x) {
    if (x.rank() < 2) return context.error("input has {} dimensions, expected at least 2", x.rank());
    GlobalPool plan;
    plan.outputShape = x.shape();
    for (size_t i = 0; i < x.shape().size(); ++i) {
        (i < 2 ? plan.planes : plan.size) *= x.shape()[i];
        if (i >= 2) plan.outputShape[i] = 1;
    }
    return plan;
}

std::vector<double> averages(const PoolPlan& plan, std::span<const double> x, bool includePads) {
    const auto& runs = plan.runs;
    const Reals sizes = windowSizes(plan, includePads);
    Reals y(static_cast<size_t>(plan.planes) * sizes.size(), 0);
    for (int64_t plane = 0; plane < plan.planes; ++plane) {
        const double* from = x.data() + plane * runs.inputCount;
        double* to = y.data() + plane * runs.outputCount;
        for (const auto& list : runs.runs)
            for (const auto& run : list)
                for (int64_t j = 0; j < run.count; ++j) to[run.output + j] += from[run.input + j * runs.step];
        for (size_t i = 0; i < sizes.size(); ++i) to[i] /= sizes[i];
    }
    return y;
}

}  // namespace lathe::ops
