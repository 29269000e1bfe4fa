// ConvTranspose: the adjoint of a convolution, each input element spreads its kernel over the output.
//
//   y[n, m, o] = b[m] + sum of x[n, c, i] * w[c, m, k] over i*stride + k*dilation - padBefore = o
//   output     = stride*(input - 1) + output_padding + dilation*(kernel - 1) + 1 - padBefore - padAfter
//
// When output_shape or auto_pad SAME_* fixes the output, the pads follow from the same equation.
#include "engine/ops/gradient_context.h"
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_convolution.h"
#include "engine/ops/support_reals.h"
#include "engine/ops/support_slide_gradient.h"
#include "engine/ops/support_transposed_window.h"

namespace lathe::ops {
namespace {

base::Status infer(InferContext& context) {
    const auto* x = context.shape(0);
    const auto* w = context.shape(1);
    const auto& attributes = context.attributes();
    if (!x) {
        context.setOutput(0, context.element(0), {});
        return {};
    }
    if (x->size() < 3) return context.error("input has {} dimensions, expected at least 3", x->size());
    ir::SymbolicShape shape(x->size(), ir::Dim::unknown());
    shape[0] = (*x)[0];
    auto kernel = attributes.integers("kernel_shape");
    if (w) {
        if (w->size() != x->size())
            return context.error("weight has {} dimensions, expected {}", w->size(), x->size());
        if ((*x)[1].isKnown() && (*w)[0].isKnown() && !same((*x)[1], (*w)[0]))
            return context.error("input has {} channels, but the weight takes {}", (*x)[1].toString(),
                                 (*w)[0].toString());
        shape[1] = (*w)[1] * attributes.integer("group", 1);
        if (auto ok = checkChannelVector(context, 2, "bias", shape); !ok) return ok;
        if (kernel.empty())
            if (const auto sizes = ir::concreteShape(std::span(*w).subspan(2))) kernel = *sizes;
    }
    if (!kernel.empty()) {
        if (kernel.size() + 2 != x->size())
            return context.error("kernel_shape has {} items, expected {}", kernel.size(), x->size() - 2);
        const auto window = readTransposedWindow(attributes, kernel);
        if (!window) return context.error("{}", window.error().message);
        for (size_t i = 0; i + 2 < x->size(); ++i) shape[i + 2] = transposedOutput(*window, i, (*x)[i + 2]);
    }
    context.setOutput(0, context.element(0), std::move(shape));
    return {};
}

Cost cost(const CostContext& context) {
    // Each input element meets one kernel an output channel of its group.
    const auto& w = context.inputs[1].shape;
    const double channels = w.empty() ? 0 : static_cast<double>(w[0]);
    return macCost(context,
                   channels > 0 ? context.inputElements(0) * context.inputElements(1) / channels : 0);
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto& w = context.in(1);
    const int64_t groups = context.attributes().integer("group", 1);
    if (x.rank() < 3 || w.rank() != x.rank() || x.shape()[1] != w.shape()[0] || groups < 1 ||
        x.shape()[1] % groups != 0)
        return context.error("input {} and weight {} do not fit {} groups", tensor::toString(x.shape()),
                             tensor::toString(w.shape()), groups);
    const auto placed = placeTransposed(context.attributes(), {w.shape().begin() + 2, w.shape().end()},
                                        std::span(x.shape()).subspan(2));
    if (!placed) return context.error("{}", placed.error().message);
    const int64_t batch = x.shape()[0], channels = x.shape()[1], perGroup = w.shape()[1];
    tensor::Shape shape = {batch, groups * perGroup};
    for (const auto size : placed->input) shape.push_back(size);
    if (auto ok = checkSize(context, shape); !ok) return ok;
    const auto runs = windowRuns(*placed);
    const Reals in = reals(x), weight = reals(w), bias = realsOr(context, 2, groups * perGroup, 0);
    if (static_cast<int64_t>(bias.size()) != groups * perGroup)
        return context.error("bias has {} items, expected {}", bias.size(), groups * perGroup);
    Reals y(static_cast<size_t>(batch * groups * perGroup * runs.inputCount));
    for (size_t i = 0; i < y.size(); ++i) y[i] = bias[i / static_cast<size_t>(runs.inputCount) % bias.size()];
    for (int64_t n = 0; n < batch; ++n)
        for (int64_t c = 0; c < channels; ++c) {
            const double* from = in.data() + (n * channels + c) * runs.outputCount;
            const double* factor = weight.data() + c * perGroup * static_cast<int64_t>(runs.runs.size());
            const int64_t first = n * groups + c / (channels / groups);
            for (int64_t m = 0; m < perGroup; ++m) {
                double* to = y.data() + (first * perGroup + m) * runs.inputCount;
                for (const auto& list : runs.runs) {
                    for (const auto& run : list)
                        for (int64_t j = 0; j < run.count; ++j)
                            to[run.input + j * runs.step] += from[run.output + j] * *factor;
                    ++factor;
                }
            }
        }
    return setReals(context, 0, x.type(), shape, y);
}

// The adjoint of a convolution turned round: dx is that convolution of dy, dw meets dy with x, db sums dy.
base::Status gradient(GradientContext& context) {
    const auto dy = context.outputGradient(), x = context.input(0), w = context.input(1);
    auto attributes = context.attributes();
    const auto mode = attributes.text("auto_pad", "NOTSET");
    if (attributes.has("output_shape") || mode == "SAME_UPPER" || mode == "SAME_LOWER")
        return context.error("its pads follow from the size of its output. Write them into pads instead.");
    if (!context.type(w).shape || context.rank(w) < 3)
        return context.error("the size of its kernel is not known before the run");
    const auto kernel = ir::concreteShape(std::span(*context.type(w).shape).subspan(2));
    if (!kernel) return context.error("the size of its kernel is not known before the run");
    auto window = readWindow(attributes, *kernel);
    if (!window) return context.error("{}", window.error().message);
    const SlideGeometry geometry{std::move(*window), {}, {}};
    const int64_t groups = attributes.integer("group", 1);
    if (context.wants(0)) {
        attributes.remove("output_padding");
        const auto full = context.emit("Conv", {dy, w}, std::move(attributes));
        context.set(0, full);
    }
    if (context.wants(1)) context.set(1, meetKernel(context, geometry, dy, x, groups));
    if (context.wants(2)) {
        std::vector<int64_t> axes{0};
        for (size_t i = 0; i < kernel->size(); ++i) axes.push_back(static_cast<int64_t>(i) + 2);
        context.set(2, context.sum(dy, axes, false));
    }
    return {};
}

}  // namespace

Op convTransposeOp() {
    auto attributes = windowAttributes();
    attributes.push_back(integerAttribute("group", 1, "number of groups the channels are split into"));
    attributes.push_back(integersAttribute("output_padding", "added to one side of each output axis"));
    attributes.push_back(integersAttribute("output_shape", "output sizes; the pads follow"));
    return {.name = "ConvTranspose",
            .sinceVersion = 22,
            .family = Family::convolution,
            .summary = "Transposed convolution: each input element spreads its kernel over the output",
            .inputs = {{"X", kFloats, "T"}, {"W", kFloats, "T"}, {"B", kFloats, "T", Presence::optional}},
            .outputs = {{"Y", kFloats, "T"}},
            .attributes = std::move(attributes),
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate,
            .gradient = gradient};
}

}  // namespace lathe::ops
