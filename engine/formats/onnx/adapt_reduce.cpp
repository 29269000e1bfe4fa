// Reductions: the axes were an attribute until operator set 18 (ReduceSum: 13).
#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

base::Status toNewest(const AdaptContext& context) {
    context.integersToInput("axes", 1);
    return {};
}

base::Status toOlder(const AdaptContext& context) {
    if (context.node().op() == "ReduceSum") return {};
    const auto* axes = context.constant(1);
    const bool none = !context.node().input(1) || (axes && axes->empty());
    if (none && context.attributes().integer("noop_with_empty_axes", 0) != 0)
        return context.needs(18, "it reduces nothing when there are no axes");
    context.dropAttributes({"noop_with_empty_axes"});
    // An empty list of axes means all of them, as no attribute does.
    if (none) {
        context.dropInput(1);
        return {};
    }
    return context.inputToIntegers(1, "axes", 18);
}

}  // namespace

Adapter reduceAdapter() {
    return {.ops = {"ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceMax", "ReduceMean",
                    "ReduceMin", "ReduceProd", "ReduceSum", "ReduceSumSquare"},
            .newest = 18,
            .toNewest = toNewest,
            .toOlder = toOlder};
}

}  // namespace lathe::formats::onnx
