// Pad: sizes and fill were attributes until operator set 11; axes came with 18, the mode wrap with 19.
#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

base::Status toNewest(const AdaptContext& context) {
    if (context.version() >= 11) return {};
    if (context.has("paddings")) {
        context.editor().setAttribute(context.id(), "pads", context.attributes().integers("paddings"));
        context.dropAttributes({"paddings"});
    }
    context.integersToInput("pads", 1);
    if (const float fill = context.attributes().real("value", 0); fill != 0)
        context.editor().setInput(context.id(), 2, context.addConstant(context.scalarLike(0, fill), "value"));
    context.dropAttributes({"value"});
    return {};
}

base::Status toOlder(const AdaptContext& context) {
    if (context.attributes().text("mode", "constant") == "wrap") return context.needs(19, "its mode is wrap");
    if (context.version() >= 18 || !context.node().input(3)) return {};
    const auto* axes = context.constant(3);
    const auto* pads = context.constant(1);
    const auto rank = context.rank(0);
    if (!axes || !pads || rank < 0) return context.needs(18, "its axes are computed by the graph");
    const auto axisList = tensor::toIntegers(*axes);
    const auto sizes = tensor::toIntegers(*pads);
    std::vector<int64_t> all(static_cast<size_t>(2 * rank), 0);
    for (size_t i = 0; i < axisList.size() && 2 * i + 1 < 2 * sizes.size(); ++i) {
        const auto axis = tensor::normalizedAxis(axisList[i], rank);
        if (!axis || sizes.size() != 2 * axisList.size())
            return context.needs(18, "its axes do not fit its sizes");
        all[static_cast<size_t>(*axis)] = sizes[i];
        all[static_cast<size_t>(rank + *axis)] = sizes[axisList.size() + i];
    }
    context.dropInput(3);
    const auto full = context.addConstant(tensor::Tensor::vector(std::span<const int64_t>(all)), "pads");
    context.editor().setInput(context.id(), 1, full);
    return {};
}

}  // namespace

Adapter padAdapter() { return {.ops = {"Pad"}, .newest = 19, .toNewest = toNewest, .toOlder = toOlder}; }

}  // namespace lathe::formats::onnx
