// TopK: k was an attribute until operator set 10.
#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

base::Status toNewest(const AdaptContext& context) {
    if (!context.has("k")) return {};
    const int64_t k = context.attributes().integer("k", 1);
    context.editor().setInput(
        context.id(), 1, context.addConstant(tensor::Tensor::vector(std::span<const int64_t>(&k, 1)), "k"));
    context.dropAttributes({"k"});
    return {};
}

}  // namespace

Adapter topKAdapter() { return {.ops = {"TopK"}, .newest = 10, .toNewest = toNewest}; }

}  // namespace lathe::formats::onnx
