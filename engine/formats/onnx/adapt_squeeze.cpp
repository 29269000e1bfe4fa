// Squeeze and Unsqueeze: the axes were an attribute until operator set 13.
#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

base::Status toNewest(const AdaptContext& context) {
    context.integersToInput("axes", 1);
    return {};
}

}  // namespace

Adapter squeezeAdapter() { return {.ops = {"Squeeze", "Unsqueeze"}, .newest = 13, .toNewest = toNewest}; }

}  // namespace lathe::formats::onnx
