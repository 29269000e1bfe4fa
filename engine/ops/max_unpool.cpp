// MaxUnpool: puts each element of X at the place that MaxPool's Indices name, zeros elsewhere.
//
//   output = (input - 1)*stride - padBefore - padAfter + kernel      or output_shape
//
// Indices count in the computed shape even when output_shape is larger.
#include "engine/ops/op.h"
#include "engine/ops/support_attributes.h"
#include "engine/ops/support_reals.h"
#include "engine/ops/support_window.h"

namespace lathe::ops {
namespace {

ir::Dim unpooled(const Window& window, size_t i, const ir::Dim& input) {
    return (input - 1) * window.strides[i] + (window.kernel[i] - window.padsBefore[i] - window.padsAfter[i]);
}

base::Status infer(InferContext& context) {
    const auto* x = context.shape(0);
    if (!x) {
        context.setOutput(0, context.element(0), {});
        return {};
    }
    auto kernel = context.attributes().integers("kernel_shape");
    if (x->size() < 3 || kernel.size() + 2 != x->size())
        return context.error("kernel_shape has {} items for an input with {} dimensions", kernel.size(),
                             x->size());
    const auto window = readWindow(context.attributes(), std::move(kernel));
    if (!window) return context.error("{}", window.error().message);
    auto shape = *x;
    if (context.has(2)) {
        const auto sizes = context.contents(2);
        for (size_t i = 0; i < shape.size(); ++i)
            shape[i] = sizes && sizes->size() == shape.size() ? (*sizes)[i]
                                                              : context.freshDim(fmt::format("axis{}", i));
    } else {
        for (size_t i = 0; i < window->rank(); ++i) shape[i + 2] = unpooled(*window, i, (*x)[i + 2]);
    }
    context.setOutput(0, context.element(0), std::move(shape));
    return {};
}

base::Status evaluate(EvalContext& context) {
    const auto &x = context.in(0), &indices = context.in(1);
    auto kernel = context.attributes().integers("kernel_shape");
    if (x.rank() < 3 || kernel.size() + 2 != x.shape().size() || !(indices.shape() == x.shape()))
        return context.error("input {}, indices {} and a kernel with {} dimensions do not fit",
                             tensor::toString(x.shape()), tensor::toString(indices.shape()), kernel.size());
    const auto window = readWindow(context.attributes(), std::move(kernel));
    if (!window) return context.error("{}", window.error().message);
    tensor::Shape counted = {x.shape()[0], x.shape()[1]};
    for (size_t i = 0; i < window->rank(); ++i)
        counted.push_back(unpooled(*window, i, x.shape()[i + 2]).constantOr(0));
    auto shape = counted;
    if (context.has(2)) {
        const auto sizes = tensor::toIntegers(context.in(2));
        if (sizes.size() != shape.size())
            return context.error("output_shape has {} items, expected {}", sizes.size(), shape.size());
        for (size_t i = 0; i < sizes.size(); ++i) shape[i] = sizes[i];
    }
    if (auto ok = checkSize(context, counted); !ok) return ok;
    if (auto ok = checkSize(context, shape); !ok) return ok;
    const Reals in = reals(x);
    Reals y(static_cast<size_t>(tensor::elementCount(shape)), 0);
    const int64_t limit = tensor::elementCount(counted);
    const auto strides = tensor::strides(shape);
    for (size_t i = 0; i < in.size(); ++i) {
        int64_t place = indices.integerAt(static_cast<int64_t>(i));
        if (place < 0 || place >= limit)
            return context.error("index {} is outside {} elements", place, limit);
        int64_t to = 0;
        bool inside = true;
        for (size_t axis = counted.size(); axis-- > 0;) {
            const int64_t at = place % counted[axis];
            inside = inside && at < shape[axis];
            to += at * strides[axis];
            place /= counted[axis];
        }
        if (inside) y[static_cast<size_t>(to)] = in[i];
    }
    return setReals(context, 0, x.type(), shape, y);
}

}  // namespace

Op maxUnpoolOp() {
    return {.name = "MaxUnpool",
            .sinceVersion = 22,
            .family = Family::pooling,
            .summary = "Puts elements back where MaxPool took them from",
            .inputs = {{"X", kFloats, "T1"}, {"I", kInt64}, {"output_shape", kInt64, {}, Presence::optional}},
            .outputs = {{"output", kFloats, "T1"}},
            .attributes = {integersAttribute("kernel_shape", "kernel size along each spatial axis", true),
                           integersAttribute("pads", "padding before each spatial axis, then after each"),
                           integersAttribute("strides", "distance of windows along each spatial axis")},
            .infer = infer,
            .cost = nullptr,
            .evaluate = evaluate};
}

}  // namespace lathe::ops
