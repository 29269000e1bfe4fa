// DFT: the axis was an attribute until operator set 20.
#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

base::Status toNewest(const AdaptContext& context) {
    const int64_t axis = context.attributes().integer("axis", 1);
    context.dropAttributes({"axis"});
    context.editor().setInput(context.id(), 2, context.addConstant(tensor::Tensor::scalar(axis), "axis"));
    return {};
}

base::Status toOlder(const AdaptContext& context) {
    if (!context.node().input(2)) {
        // The new default counts from the end.
        const auto rank = context.rank(0);
        if (rank < 0) return context.needs(20, "its axis counts from the end");
        context.editor().setAttribute(context.id(), "axis", rank - 2);
        return {};
    }
    const auto* axis = context.constant(2);
    if (!axis || axis->elementCount() != 1) return context.needs(20, "its axis is computed by the graph");
    context.editor().setAttribute(context.id(), "axis", axis->aligned().integerAt(0));
    context.dropInput(2);
    return {};
}

}  // namespace

Adapter dftAdapter() { return {.ops = {"DFT"}, .newest = 20, .toNewest = toNewest, .toOlder = toOlder}; }

}  // namespace lathe::formats::onnx
