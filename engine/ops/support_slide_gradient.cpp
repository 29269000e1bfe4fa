#include "engine/ops/support_slide_gradient.h"

#include <algorithm>

#include "engine/ops/support_wide.h"

namespace lathe::ops {
namespace {

using ir::ValueId;
using Integers = std::vector<int64_t>;

Integers joined(const Integers& a, const Integers& b) {
    Integers result = a;
    result.insert(result.end(), b.begin(), b.end());
    return result;
}

// The numbers of the axes behind batch and channels.
Integers spatialAxes(size_t rank) {
    Integers axes;
    for (size_t i = 0; i < rank; ++i) axes.push_back(static_cast<int64_t>(i) + 2);
    return axes;
}

ValueId integers(GradientContext& context, const Integers& values) {
    return context.scope().integers(std::span<const int64_t>(values));
}

// x [N, G*C, ...] as [C, G*N, ...] when `splitFirst`, else as [G*C, N, ...]: the channels of each group come
// to where a convolution has its batch.
ValueId exchanged(GradientContext& context, ValueId x, size_t rank, int64_t groups, bool channelsFirst) {
    Integers order{1, 0};
    for (const auto axis : spatialAxes(rank)) order.push_back(axis);
    if (groups == 1) return context.emit("Transpose", {x}, {{"perm", std::move(order)}});
    auto& scope = context.scope();
    const auto reshaped = [&](ValueId value, std::vector<ValueId> sizes) {
        const auto shape = context.emit("Concat", std::move(sizes), {{"axis", int64_t{0}}});
        return context.emit("Reshape", {value, shape});
    };
    const auto spatial = scope.shapeOf(x, 2);
    const auto split = reshaped(x, {scope.dimensionOf(x, 0), context.integers({groups, -1}), spatial});
    order = channelsFirst ? Integers{2, 1, 0} : Integers{1, 2, 0};
    for (const auto axis : spatialAxes(rank)) order.push_back(axis + 1);
    const auto turned = context.emit("Transpose", {split}, {{"perm", std::move(order)}});
    if (channelsFirst)
        return reshaped(turned,
                        {context.emit("Shape", {turned}, {{"start", int64_t{0}}, {"end", int64_t{1}}}),
                         context.integers({-1}), spatial});
    return reshaped(turned, {context.integers({-1}), scope.dimensionOf(x, 0), spatial});
}

}  // namespace

base::Result<SlideGeometry> slideGeometry(const GradientContext& context, ValueId weight) {
    auto kernel = context.attributes().integers("kernel_shape");
    if (weight && context.type(weight).shape && context.rank(weight) > 2)
        if (const auto sizes = ir::concreteShape(std::span(*context.type(weight).shape).subspan(2)))
            kernel = *sizes;
    if (kernel.empty()) return context.error("the size of its kernel is not known before the run");
    auto window = readWindow(context.attributes(), std::move(kernel));
    if (!window) return context.error("{}", window.error().message);
    const auto& shape = context.type(context.input(0)).shape;
    if (shape && shape->size() == window->rank() + 2)
        if (const auto sizes = ir::concreteShape(std::span(*shape).subspan(2))) {
            auto placed = placeWindow(*window, *sizes);
            if (!placed) return context.error("{}", placed.error().message);
            return SlideGeometry{std::move(placed->window), std::move(placed->input),
                                 std::move(placed->output)};
        }
    if (window->ceilMode)
        return context.error("with ceil_mode 1 the spatial sizes must be known. Bind them to numbers first.");
    if (window->autoPad == AutoPad::sameUpper || window->autoPad == AutoPad::sameLower) {
        for (size_t i = 0; i < window->rank(); ++i) {
            if (window->strides[i] != 1)
                return context.error(
                    "with auto_pad SAME and strides the spatial sizes must be known. Bind them "
                    "to numbers first.");
            const int64_t total = window->extent(i) - 1, less = total / 2;
            window->padsBefore[i] = window->autoPad == AutoPad::sameUpper ? less : total - less;
            window->padsAfter[i] = total - window->padsBefore[i];
        }
        window->autoPad = AutoPad::notSet;
    }
    if (std::any_of(window->padsBefore.begin(), window->padsBefore.end(),
                    [](int64_t pad) { return pad < 0; }))
        return context.error(
            "with negative pads the spatial sizes must be known. Bind them to numbers first.");
    return SlideGeometry{std::move(*window), {}, {}};
}

ValueId spreadBack(GradientContext& context, const SlideGeometry& geometry, ValueId dy, ValueId w,
                   int64_t groups) {
    const auto& window = geometry.window;
    const size_t rank = window.rank();
    ir::Attributes attributes{
        {"strides", window.strides}, {"dilations", window.dilations}, {"group", groups}};
    Integers after(rank, 0), padding(rank, 0);
    if (geometry.placed()) {
        for (size_t i = 0; i < rank; ++i) {
            const int64_t full = (geometry.output[i] - 1) * window.strides[i] + window.extent(i);
            const int64_t missing = geometry.input[i] + window.padsBefore[i] - full;
            padding[i] = std::max<int64_t>(missing, 0);
            after[i] = std::max<int64_t>(-missing, 0);
        }
        attributes.set("pads", joined(window.padsBefore, after));
        attributes.set("output_padding", padding);
        return context.emit("ConvTranspose", {dy, w}, std::move(attributes));
    }
    // The last window ends less than a stride before the end of the input.
    for (size_t i = 0; i < rank; ++i) padding[i] = window.strides[i] - 1;
    attributes.set("output_padding", padding);
    const auto full = context.emit("ConvTranspose", {dy, w}, std::move(attributes));
    const auto starts = integers(context, window.padsBefore);
    const auto ends = context.add(starts, context.scope().shapeOf(context.input(0), 2));
    return context.emit("Slice", {full, starts, ends, integers(context, spatialAxes(rank))});
}

ValueId meetKernel(GradientContext& context, const SlideGeometry& geometry, ValueId x, ValueId dy,
                   int64_t groups) {
    const auto& window = geometry.window;
    const size_t rank = window.rank();
    const auto products = context.emit(
        "Conv", {exchanged(context, x, rank, groups, true), exchanged(context, dy, rank, groups, false)},
        {{"strides", window.dilations},
         {"dilations", window.strides},
         {"pads", joined(window.padsBefore, window.padsAfter)},
         {"group", groups}});
    Integers order{1, 0};
    for (const auto axis : spatialAxes(rank)) order.push_back(axis);
    const auto turned = context.emit("Transpose", {products}, {{"perm", std::move(order)}});
    // Elements behind the last window meet dy too, as further places of the kernel.
    return context.emit("Slice", {turned, integers(context, Integers(rank, 0)),
                                  integers(context, window.kernel), integers(context, spatialAxes(rank))});
}

ValueId windowOfOnes(GradientContext& context, const SlideGeometry& geometry) {
    const auto shape = joined({1, 1}, geometry.window.kernel);
    const auto type = context.type(context.input(0)).element;
    const double one = 1;
    auto value = tensor::Tensor::zeros(type, Integers{1});
    narrow<double>(std::span(&one, 1), value);
    return context.emit("ConstantOfShape", {integers(context, shape)}, {{"value", std::move(value)}});
}

base::Result<ValueId> windowCounts(GradientContext& context, const SlideGeometry& geometry,
                                   bool includePads) {
    const auto& window = geometry.window;
    const size_t rank = window.rank();
    auto& scope = context.scope();
    const auto x = context.input(0);
    if (context.type(x).element == tensor::DataType::undefined)
        return context.error("the element type of the input is not known");
    if (!geometry.placed()) {
        if (includePads) return scope.scalar(static_cast<double>(window.kernelCount()), x);
        const auto plane =
            context.emit("Concat", {context.integers({1, 1}), scope.shapeOf(x, 2)}, {{"axis", int64_t{0}}});
        const auto ones = context.emit("Expand", {context.scalar(1), plane});
        return context.emit("Conv", {ones, windowOfOnes(context, geometry)},
                            {{"strides", window.strides},
                             {"dilations", window.dilations},
                             {"pads", joined(window.padsBefore, window.padsAfter)}});
    }
    constexpr int64_t kMostCounts = int64_t{1} << 24;
    const auto size = tensor::checkedElementCount(geometry.output);
    if (!size || *size > kMostCounts) return context.error("its output is too large");
    // The product over the axes of how many places of the window lie inside.
    std::vector<double> counts{1};
    for (size_t i = 0; i < rank; ++i) {
        const int64_t first = includePads ? -window.padsBefore[i] : 0;
        const int64_t end = geometry.input[i] + (includePads ? window.padsAfter[i] : 0);
        std::vector<double> next;
        for (const double outer : counts)
            for (int64_t o = 0; o < geometry.output[i]; ++o) {
                int64_t inside = 0;
                for (int64_t k = 0; k < window.kernel[i]; ++k) {
                    const int64_t place =
                        o * window.strides[i] + k * window.dilations[i] - window.padsBefore[i];
                    inside += place >= first && place < end;
                }
                next.push_back(outer * static_cast<double>(inside));
            }
        counts = std::move(next);
    }
    auto tensor = tensor::Tensor::zeros(context.type(x).element, joined({1, 1}, geometry.output));
    narrow<double>(counts, tensor);
    return scope.constant(std::move(tensor));
}

}  // namespace lathe::ops
