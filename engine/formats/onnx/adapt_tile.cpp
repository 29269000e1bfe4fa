// Tile: until operator set 6 it repeated along one axis.
#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

base::Status toNewest(const AdaptContext& context) {
    const auto* count = context.constant(1);
    const auto* axis = context.constant(2);
    const auto rank = context.rank(0);
    if (!count || !axis || count->elementCount() != 1 || axis->elementCount() != 1 || rank < 0)
        return base::Error::badInput(
            context.node().label() +
            ": its repeats are computed by the graph in a form older than operator set 6. "
            "Export the model with a newer one.");
    std::vector<int64_t> repeats(static_cast<size_t>(rank), 1);
    const auto at = tensor::normalizedAxis(tensor::toIntegers(*axis)[0], rank);
    if (at) repeats[static_cast<size_t>(*at)] = tensor::toIntegers(*count)[0];
    const auto list =
        context.addConstant(tensor::Tensor::vector(std::span<const int64_t>(repeats)), "repeats");
    context.editor().setInputs(context.id(), std::vector{context.node().input(0), list});
    return {};
}

}  // namespace

Adapter tileAdapter() { return {.ops = {"Tile"}, .newest = 6, .toNewest = toNewest, .wantsTypes = true}; }

}  // namespace lathe::formats::onnx
