// Resize: y resamples x along each axis in turn (separable), by scales or to sizes.
//
//   output = floor(input * scale)      or sizes, kept in proportion by keep_aspect_ratio_policy
//
// Modes nearest, linear and cubic; all coordinate transformations of the standard; antialias stretches the
// kernel when an axis shrinks.
#include <algorithm>
#include <cmath>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_index.h"
#include "engine/ops/support_move.h"
#include "engine/ops/support_quantize.h"
#include "engine/ops/support_reals.h"
#include "engine/ops/support_resize.h"

namespace lathe::ops {
namespace {

constexpr TypeSet kBlended = kFloats | kIntegers;
// What has no sum moves from its nearest neighbour.
constexpr TypeSet kMoved =
    kBool | typeSet(tensor::DataType::string, tensor::DataType::complex64, tensor::DataType::complex128);
constexpr TypeSet kTypes = kBlended | kMoved;

// floor(d * scale); an expression when the scale is a fraction with a small denominator.
ir::Dim scaled(const InferContext& context, const ir::Dim& d, float scale, size_t axis) {
    if (d.isKnown()) return static_cast<int64_t>(std::floor(static_cast<float>(*d.constant()) * scale));
    if (d.isUnknown()) return d;
    for (int64_t q = 1; q <= 64; ++q) {
        const float p = scale * static_cast<float>(q);
        if (p == std::floor(p) && p < 1e6f) return floorDiv(d * static_cast<int64_t>(p), q);
    }
    return context.freshDim(fmt::format("axis{}", axis));
}

base::Status inferFromSizes(InferContext& context, ir::SymbolicShape& shape, const std::vector<size_t>& axes,
                            const SymbolicContents& sizes) {
    const auto policy = context.attributes().text("keep_aspect_ratio_policy", "stretch");
    if (sizes.size() != axes.size())
        return context.error("sizes has {} items, expected {}", sizes.size(), axes.size());
    if (policy == "stretch") {
        for (size_t i = 0; i < axes.size(); ++i) shape[axes[i]] = sizes[i];
        return {};
    }
    std::vector<double> scales;
    for (size_t i = 0; i < axes.size(); ++i)
        if (shape[axes[i]].isKnown() && sizes[i].isKnown() && *shape[axes[i]].constant() > 0)
            scales.push_back(static_cast<double>(*sizes[i].constant()) /
                             static_cast<double>(*shape[axes[i]].constant()));
    for (const auto axis : axes) {
        auto& d = shape[axis];
        d = scales.size() == axes.size() && d.isKnown()
                ? ir::Dim(static_cast<int64_t>(std::floor(
                      static_cast<double>(*d.constant()) * commonResizeScale(scales, policy) + 0.5)))
                : context.freshDim(fmt::format("axis{}", axis));
    }
    return {};
}

base::Status infer(InferContext& context) {
    const auto mode = context.attributes().text("mode", "nearest");
    if ((kMoved & typeBit(context.element(0))) && mode != "nearest")
        return context.error("mode {} cannot mix elements of type {}, only nearest can", mode,
                             name(context.element(0)));
    const auto* x = context.shape(0);
    if (!x) {
        context.setOutput(0, context.element(0), {});
        return {};
    }
    const auto axes = resizedAxes(context.attributes(), x->size());
    if (!axes) return context.error("{}", axes.error().message);
    auto shape = *x;
    // Some writers leave an empty scales beside sizes.
    const auto* scales = context.constant(2);
    const bool useScales = scales ? !scales->empty() : context.has(2) && !context.has(3);
    if (useScales && scales) {
        if (scales->elementCount() != static_cast<int64_t>(axes->size()))
            return context.error("scales has {} items, expected {}", scales->elementCount(), axes->size());
        for (size_t i = 0; i < axes->size(); ++i)
            shape[(*axes)[i]] =
                scaled(context, (*x)[(*axes)[i]], static_cast<float>(scales->realAt(static_cast<int64_t>(i))),
                       (*axes)[i]);
    } else if (const auto sizes = context.contents(3); sizes && !useScales) {
        if (auto ok = inferFromSizes(context, shape, *axes, *sizes); !ok) return ok;
    } else if (!useScales && !context.has(3)) {
        return context.error("has neither scales nor sizes. Give one of them.");
    } else {
        for (const auto axis : *axes) shape[axis] = context.freshDim(fmt::format("axis{}", axis));
    }
    context.setOutput(0, context.element(0), std::move(shape));
    return {};
}

Cost cost(const CostContext& context) {
    auto cost = trafficCost(context);
    const auto mode = context.attributes->text("mode", "nearest");
    const double taps = mode == "cubic" ? 16 : mode == "linear" ? 4 : 0;
    cost.operations = 2 * taps * context.outputElements();
    return cost;
}

// One axis of x resampled; `outside` collects the output elements that take the extrapolation value.
Reals resample(const Reals& x, const AxisSplit& split, const std::vector<Taps>& taps) {
    const auto inner = static_cast<size_t>(split.inner);
    Reals y(static_cast<size_t>(split.outer) * taps.size() * inner, 0);
    double* to = y.data();
    for (int64_t n = 0; n < split.outer; ++n)
        for (const auto& tap : taps) {
            for (size_t t = 0; t < tap.indices.size(); ++t) {
                const double* from =
                    x.data() + static_cast<size_t>(n * split.length + tap.indices[t]) * inner;
                const double weight = tap.weights[t];
                for (size_t i = 0; i < inner; ++i) to[i] += weight * from[i];
            }
            to += inner;
        }
    return y;
}

void fillOutside(Reals& y, const AxisSplit& split, const std::vector<Taps>& taps, double value) {
    const auto inner = static_cast<size_t>(split.inner);
    for (size_t i = 0; i < y.size(); ++i)
        if (taps[i / inner % taps.size()].indices.empty()) y[i] = value;
}

// Each element of the result is that of x that weighs most; zero where it lies outside. An axis without taps
// stays as it is.
base::Status moveNearest(EvalContext& context, const tensor::Tensor& x, const tensor::Shape& shape,
                         const std::vector<std::vector<Taps>>& taps) {
    auto y = context.allocate(x.type(), shape);
    if (!y) return y.error();
    const auto steps = tensor::strides(x.shape());
    Mover mover(x, *y);
    std::vector<int64_t> position(shape.size(), 0);
    const auto count = tensor::elementCount(shape);
    for (int64_t n = 0; n < count; ++n) {
        int64_t from = 0;
        bool inside = true;
        for (size_t i = 0; i < shape.size() && inside; ++i) {
            int64_t index = position[i];
            if (!taps[i].empty()) {
                const auto& [indices, weights] = taps[i][static_cast<size_t>(position[i])];
                inside = !indices.empty();
                const auto most = std::max_element(weights.begin(), weights.end()) - weights.begin();
                if (inside) index = indices[static_cast<size_t>(most)];
            }
            from += index * steps[i];
        }
        if (inside) mover.copy(n, from);
        nextIndex(position, shape);
    }
    context.set(0, std::move(*y));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto& attributes = context.attributes();
    const auto input = [&](size_t i) { return context.has(i) ? &context.in(i) : nullptr; };
    const auto axes = resizeAxes(attributes, x.shape(), {input(1), input(2), input(3)});
    if (!axes) return context.error("{}", axes.error().message);
    tensor::Shape shape;
    for (const auto& axis : *axes) shape.push_back(axis.output);
    if (auto ok = checkSize(context, shape); !ok) return ok;
    for (size_t i = 0; i < axes->size(); ++i)
        if (x.shape()[i] == 0 && shape[i] > 0) return context.error("axis {} is empty and cannot grow", i);
    const auto taps = resizeTaps(attributes, x.shape(), *axes);
    const bool blends = (kBlended & typeBit(x.type())) != 0;
    Reals y = blends ? reals(x) : Reals();
    auto now = x.shape();
    for (size_t i = 0; i < taps.size(); ++i) {
        if (blends && (!taps[i].empty() || shape[i] == 0)) y = resample(y, splitAt(now, i), taps[i]);
        now[i] = shape[i];
    }
    if (!blends) return moveNearest(context, x, shape, taps);
    const double outside = static_cast<double>(attributes.real("extrapolation_value", 0));
    if (resampleOptions(attributes).coordinates == "tf_crop_and_resize")
        for (size_t i = 0; i < taps.size(); ++i) fillOutside(y, splitAt(shape, i), taps[i], outside);
    if (!tensor::isInteger(x.type())) return setReals(context, 0, x.type(), shape, y);
    // Integers drop the fraction; the nudge keeps a sum of weights such as 254.9999999 whole.
    Codes codes(y.size());
    for (size_t i = 0; i < y.size(); ++i) codes[i] = static_cast<int64_t>(y[i] + std::copysign(1e-6, y[i]));
    return setCodes(context, 0, x.type(), shape, codes);
}

}  // namespace

Op resizeOp() {
    constexpr auto kOptional = Presence::optional;
    return {.name = "Resize",
            .sinceVersion = 19,
            .family = Family::shape,
            .summary = "Resamples along each axis by scales or to sizes",
            .inputs = {{"X", kTypes, "T1"},
                       {"roi", kFloats, "T2", kOptional},
                       {"scales", typeBit(tensor::DataType::float32), {}, kOptional},
                       {"sizes", kInt64, {}, kOptional}},
            .outputs = {{"Y", kTypes, "T1"}},
            .attributes =
                {flagAttribute("antialias", 0, "1: stretch the kernel when an axis shrinks"),
                 integersAttribute("axes", "axes that roi, scales and sizes speak of; none: all"),
                 choiceAttribute("coordinate_transformation_mode",
                                 {"half_pixel", "half_pixel_symmetric", "pytorch_half_pixel", "align_corners",
                                  "asymmetric", "tf_crop_and_resize"},
                                 "half_pixel", "how output positions map to input positions"),
                 realAttribute("cubic_coeff_a", -0.75, "parameter of the cubic kernel"),
                 flagAttribute("exclude_outside", 0, "1: weights outside the input become 0"),
                 realAttribute("extrapolation_value", 0, "value outside the input for tf_crop_and_resize"),
                 choiceAttribute("keep_aspect_ratio_policy", {"stretch", "not_larger", "not_smaller"},
                                 "stretch", "how sizes are met"),
                 choiceAttribute("mode", {"nearest", "linear", "cubic"}, "nearest", "interpolation"),
                 choiceAttribute("nearest_mode", {"round_prefer_floor", "round_prefer_ceil", "floor", "ceil"},
                                 "round_prefer_floor", "which neighbour is nearest")},
            .infer = infer,
            .cost = cost,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
