// Split: the sizes were an attribute until operator set 13; the count of equal parts is an attribute
// since 18.
#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

base::Status toNewest(const AdaptContext& context) {
    context.integersToInput("split", 1);
    if (!context.node().input(1))
        context.editor().setAttribute(context.id(), "num_outputs",
                                      static_cast<int64_t>(context.node().outputs().size()));
    return {};
}

// Operator set 13 knows equal parts only; others are written as sizes where the whole is known.
base::Status toOlder(const AdaptContext& context) {
    const auto parts = context.attributes().integer("num_outputs", 0);
    context.dropAttributes({"num_outputs"});
    const auto input = context.node().input(0);
    if (parts <= 0 || context.node().input(1) || !input) return {};
    const auto& shape = context.editor().graph().value(input).type().shape;
    if (!shape) return {};
    const auto axis =
        tensor::normalizedAxis(context.attributes().integer("axis", 0), static_cast<int64_t>(shape->size()));
    const auto whole = axis ? (*shape)[static_cast<size_t>(*axis)].constant() : std::nullopt;
    if (!whole || *whole % parts == 0) return {};
    const int64_t part = (*whole + parts - 1) / parts;
    std::vector<int64_t> sizes(static_cast<size_t>(parts), part);
    sizes.back() = *whole - part * (parts - 1);
    if (sizes.back() < 0) return context.needs(18, "its parts do not fit the size of the axis");
    const auto constant =
        context.addConstant(tensor::Tensor::vector(std::span<const int64_t>(sizes)), "split");
    context.editor().setInput(context.id(), 1, constant);
    return {};
}

}  // namespace

Adapter splitAdapter() { return {.ops = {"Split"}, .newest = 18, .toNewest = toNewest, .toOlder = toOlder}; }

}  // namespace lathe::formats::onnx
