// CenterCropPad: brings the axes to the given sizes, by cutting from or adding zeros to both ends evenly; the
// odd element at the end.
#include <algorithm>

#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_index.h"
#include "engine/ops/support_move.h"

namespace lathe::ops {
namespace {

base::Result<std::vector<size_t>> axesOf(const ir::Attributes& attributes, size_t rank) {
    std::vector<size_t> axes;
    for (const auto given : attributes.integers("axes")) {
        const auto axis = tensor::normalizedAxis(given, static_cast<int64_t>(rank));
        if (!axis) return base::Error::badInput(fmt::format("axis {} is outside {} dimensions", given, rank));
        axes.push_back(static_cast<size_t>(*axis));
    }
    if (axes.empty())
        for (size_t i = 0; i < rank; ++i) axes.push_back(i);
    return axes;
}

base::Status infer(InferContext& context) {
    const auto* x = context.shape(0);
    if (!x) {
        context.setOutput(0, context.element(0), {});
        return {};
    }
    const auto axes = axesOf(context.attributes(), x->size());
    if (!axes) return context.error("{}", axes.error().message);
    auto shape = *x;
    const auto sizes = context.contents(1);
    if (sizes && sizes->size() != axes->size())
        return context.error("shape has {} items, expected {}", sizes->size(), axes->size());
    for (size_t i = 0; i < axes->size(); ++i)
        shape[(*axes)[i]] = sizes ? (*sizes)[i] : context.freshDim(fmt::format("axis{}", (*axes)[i]));
    context.setOutput(0, context.element(0), std::move(shape));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto& x = context.in(0);
    const auto axes = axesOf(context.attributes(), x.shape().size());
    if (!axes) return context.error("{}", axes.error().message);
    const auto sizes = tensor::toIntegers(context.in(1));
    if (sizes.size() != axes->size())
        return context.error("shape has {} items, expected {}", sizes.size(), axes->size());
    auto shape = x.shape();
    for (size_t i = 0; i < sizes.size(); ++i) shape[(*axes)[i]] = sizes[i];
    auto y = context.allocate(x.type(), shape);
    if (!y) return y.error();
    // Element `to + i` of the result is element `from + i` of the input along each axis.
    tensor::Shape from, to, common;
    for (size_t i = 0; i < shape.size(); ++i) {
        from.push_back(std::max<int64_t>(0, (x.shape()[i] - shape[i]) / 2));
        to.push_back(std::max<int64_t>(0, (shape[i] - x.shape()[i]) / 2));
        common.push_back(std::min(shape[i], x.shape()[i]));
    }
    const auto count = tensor::elementCount(common);
    const auto stridesIn = tensor::strides(x.shape()), stridesOut = tensor::strides(shape);
    Mover mover(x, *y);
    std::vector<int64_t> position(shape.size(), 0);
    for (int64_t n = 0; n < count; ++n) {
        int64_t a = 0, b = 0;
        for (size_t i = 0; i < shape.size(); ++i) {
            a += (from[i] + position[i]) * stridesIn[i];
            b += (to[i] + position[i]) * stridesOut[i];
        }
        mover.copy(b, a);
        nextIndex(position, common);
    }
    context.set(0, std::move(*y));
    return {};
}

}  // namespace

Op centerCropPadOp() {
    return {.name = "CenterCropPad",
            .sinceVersion = 18,
            .family = Family::shape,
            .summary = "Crops or pads axes evenly on both ends to the given sizes",
            .inputs = {{"input_data", kAnyType, "T"}, {"shape", kIndices}},
            .outputs = {{"output_data", kAnyType, "T"}},
            .attributes = {integersAttribute("axes", "axes that shape speaks of; none: all")},
            .infer = infer,
            .cost = nullptr,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
