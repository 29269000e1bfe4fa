// DeformConv (Dai et al. 2017; Zhu et al. 2018): a convolution that reads each tap at a place moved by an
// offset, between elements by linear interpolation, zero outside:
//
//   y[n, m, o] = b[m] + sum over c, k of mask[n, g, k, o] * x(n, c, o*stride + k*dilation - pad + offset[n,
//   g, k, :, o])
//                                        * w[m, c, k]
//
// Channels are split into `group` groups for the weights and into `offset_group` groups g for offset and
// mask.
#include <algorithm>
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_axes.h"
#include "engine/ops/support_convolution.h"
#include "engine/ops/support_index.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {
namespace {

constexpr size_t kOffset = 2, kBias = 3, kMask = 4;
// A tap mixes 2^axes elements.
constexpr size_t kMostAxes = 6;

base::Status infer(InferContext& context) {
    auto shape = convolutionShape(context, 0, 1);
    if (!shape) return shape.error();
    const auto* offset = context.shape(kOffset);
    if (*shape) {
        if (auto ok = checkChannelVector(context, kBias, "bias", **shape); !ok) return ok;
        for (const size_t i : {kOffset, kMask}) {
            const auto* given = context.shape(i);
            if (!given) continue;
            const auto what = i == kOffset ? "offset" : "mask";
            if (given->size() != (*shape)->size())
                return context.error("{} has {} dimensions, expected {}", what, given->size(),
                                     (*shape)->size());
            for (size_t d = 0; d < given->size(); ++d) {
                if (d == 1) continue;
                auto merged = mergeDims(context, (**shape)[d], (*given)[d], what);
                if (!merged) return merged.error();
                (**shape)[d] = std::move(*merged);
            }
        }
    } else if (offset) {
        shape = std::optional(*offset);
        if (offset->size() > 1) (**shape)[1] = ir::Dim::unknown();
    }
    if (*shape && (*shape)->size() > kMostAxes + 2)
        return context.error("has {} spatial axes, expected at most {}", (*shape)->size() - 2, kMostAxes);
    context.setOutput(0, context.element(0), std::move(*shape));
    return {};
}

Cost cost(const CostContext& context) {
    // The product, and a few operations for each place that is read.
    auto cost = macCost(context, convolutionMacs(context, 1));
    cost.operations += 8 * context.inputElements(kOffset);
    return cost;
}

// What a place between elements is made of: element indices in the plane with their weights.
struct Sample {
    std::vector<std::pair<int64_t, double>> parts;

    void take(std::span<const double> place, std::span<const int64_t> sizes) {
        parts.clear();
        if (std::any_of(place.begin(), place.end(), [](double x) { return std::isnan(x); })) return;
        parts.emplace_back(0, 1.0);
        for (size_t axis = 0; axis < place.size(); ++axis) {
            // Far outside nothing is seen; the bound keeps the conversion to integers sane.
            const double x = std::clamp(place[axis], -2.0, static_cast<double>(sizes[axis]) + 1);
            const auto low = static_cast<int64_t>(std::floor(x));
            const double fraction = x - static_cast<double>(low);
            std::vector<std::pair<int64_t, double>> next;
            for (const auto& [start, weight] : parts)
                for (const auto& [index, share] :
                     {std::pair(low, 1 - fraction), std::pair(low + 1, fraction)})
                    if (index >= 0 && index < sizes[axis] && share != 0)
                        next.emplace_back(start * sizes[axis] + index, weight * share);
            parts = std::move(next);
        }
    }
};

struct Plan {
    PlacedWindow placed;
    int64_t batch = 0, channels = 0, outputs = 0;
    int64_t groups = 1, inPerGroup = 0, outPerGroup = 0;
    int64_t offsetGroups = 1, channelsPerOffset = 0;
    tensor::Shape outputShape;
    int64_t inPlane = 1, outPlane = 1, taps = 1;
};

base::Result<Plan> planOf(const EvalContext& context) {
    const auto &x = context.in(0), &w = context.in(1);
    const auto misfit = [&](std::string_view what, const tensor::Tensor& given, const tensor::Shape& wanted) {
        return context.error("{} {} does not fit, expected {}", what, tensor::toString(given.shape()),
                             tensor::toString(wanted));
    };
    if (x.rank() > static_cast<int64_t>(kMostAxes) + 2)
        return context.error("has {} spatial axes, expected at most {}", x.rank() - 2, kMostAxes);
    const auto convolution = planConvolution(context, x, w);
    if (!convolution) return convolution.error();
    Plan plan;
    plan.batch = convolution->batch;
    plan.channels = x.dimension(1);
    plan.outputs = w.dimension(0);
    plan.groups = convolution->groups;
    plan.inPerGroup = convolution->inPerGroup;
    plan.outPerGroup = convolution->outPerGroup;
    plan.outputShape = convolution->outputShape;
    plan.inPlane = convolution->runs.inputCount;
    plan.outPlane = convolution->runs.outputCount;
    plan.offsetGroups = context.attributes().integer("offset_group", 1);
    if (plan.channels % plan.offsetGroups != 0)
        return context.error("{} channels do not divide into {} offset groups", plan.channels,
                             plan.offsetGroups);
    plan.channelsPerOffset = plan.channels / plan.offsetGroups;
    const std::vector<int64_t> kernel(w.shape().begin() + 2, w.shape().end());
    auto window = readWindow(context.attributes(), kernel);
    if (!window) return context.error("{}", window.error().message);
    plan.taps = window->kernelCount();
    auto placed = placeWindow(std::move(*window), std::span(x.shape().begin() + 2, kernel.size()));
    if (!placed) return context.error("{}", placed.error().message);
    plan.placed = std::move(*placed);
    auto wanted = plan.outputShape;
    wanted[1] = plan.offsetGroups * plan.taps * static_cast<int64_t>(kernel.size());
    if (!(context.in(kOffset).shape() == wanted)) return misfit("offset", context.in(kOffset), wanted);
    wanted[1] = plan.offsetGroups * plan.taps;
    if (context.has(kMask) && !(context.in(kMask).shape() == wanted))
        return misfit("mask", context.in(kMask), wanted);
    const tensor::Shape biasShape = {plan.outputs};
    if (context.has(kBias) && !(context.in(kBias).shape() == biasShape))
        return misfit("bias", context.in(kBias), biasShape);
    if (auto ok = checkSize(context, plan.outputShape); !ok) return ok.error();
    return plan;
}

base::Status evaluate(EvalContext& context) {
    const auto given = planOf(context);
    if (!given) return given.error();
    const Plan& plan = *given;
    const auto& window = plan.placed.window;
    const auto rank = static_cast<int64_t>(window.rank());
    const Reals x = reals(context.in(0)), w = reals(context.in(1)), offset = reals(context.in(kOffset)),
                bias = realsOr(context, kBias, plan.outputs, 0);
    const Reals mask = context.has(kMask) ? reals(context.in(kMask)) : Reals();
    Reals y(static_cast<size_t>(plan.batch * plan.outputs * plan.outPlane));
    for (size_t i = 0; i < y.size(); ++i)
        y[i] = bias[i / static_cast<size_t>(plan.outPlane) % static_cast<size_t>(plan.outputs)];
    std::vector<double> place(window.rank());
    std::vector<int64_t> out(window.rank()), tap(window.rank());
    Sample sample;
    for (int64_t n = 0; n < plan.batch; ++n)
        for (int64_t g = 0; g < plan.offsetGroups; ++g)
            for (int64_t k = 0; k < plan.taps; ++k) {
                if (auto ok = context.progress().check(); !ok) return ok;
                for (int64_t axis = rank, rest = k; axis-- > 0;
                     rest /= window.kernel[static_cast<size_t>(axis)])
                    tap[static_cast<size_t>(axis)] = rest % window.kernel[static_cast<size_t>(axis)];
                const int64_t block = (n * plan.offsetGroups + g) * plan.taps + k;
                std::fill(out.begin(), out.end(), int64_t{0});
                for (int64_t o = 0; o < plan.outPlane; ++o, nextIndex(out, plan.placed.output)) {
                    for (size_t axis = 0; axis < window.rank(); ++axis)
                        place[axis] = static_cast<double>(out[axis] * window.strides[axis] +
                                                          tap[axis] * window.dilations[axis] -
                                                          window.padsBefore[axis]) +
                                      offset[static_cast<size_t>(
                                          (block * rank + static_cast<int64_t>(axis)) * plan.outPlane + o)];
                    sample.take(place, plan.placed.input);
                    const double factor =
                        mask.empty() ? 1 : mask[static_cast<size_t>(block * plan.outPlane + o)];
                    for (int64_t c = g * plan.channelsPerOffset; c < (g + 1) * plan.channelsPerOffset; ++c) {
                        double value = 0;
                        for (const auto& [index, weight] : sample.parts)
                            value += weight *
                                     x[static_cast<size_t>((n * plan.channels + c) * plan.inPlane + index)];
                        const int64_t group = c / plan.inPerGroup;
                        for (int64_t m = group * plan.outPerGroup; m < (group + 1) * plan.outPerGroup; ++m)
                            y[static_cast<size_t>((n * plan.outputs + m) * plan.outPlane + o)] +=
                                factor * value *
                                w[static_cast<size_t>(
                                    (m * plan.inPerGroup + c % plan.inPerGroup) * plan.taps + k)];
                    }
                }
            }
    return setReals(context, 0, context.in(0).type(), plan.outputShape, y);
}

}  // namespace

Op deformConvOp() {
    auto groups = integerAttribute("offset_group", 1, "number of groups the channels share offsets in");
    groups.minimum = 1;
    groups.maximum = 1 << 20;
    return {
        .name = "DeformConv",
        .sinceVersion = 22,
        .family = Family::convolution,
        .summary = "Convolution that reads each tap at a moved place",
        .inputs = {{"X", kFloats, "T"},
                   {"W", kFloats, "T"},
                   {"offset", kFloats, "T"},
                   {"B", kFloats, "T", Presence::optional},
                   {"mask", kFloats, "T", Presence::optional}},
        .outputs = {{"Y", kFloats, "T"}},
        .attributes = {integersAttribute("dilations", "distance of the taps on each spatial axis; absent: 1"),
                       integerAttribute("group", 1, "number of groups the channels are split into"),
                       integersAttribute("kernel_shape", "size of the kernel; absent: that of the weight"),
                       std::move(groups),
                       integersAttribute("pads", "zeros before, then after, on each spatial axis"),
                       integersAttribute("strides", "step on each spatial axis; absent: 1")},
        .infer = infer,
        .cost = cost,
        .evaluate = evaluate};
}

}  // namespace lathe::ops
