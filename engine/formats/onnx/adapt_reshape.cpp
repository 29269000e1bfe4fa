// Reshape: the shape was an attribute until operator set 5.
#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

base::Status toNewest(const AdaptContext& context) {
    context.integersToInput("shape", 1);
    context.dropAttributes({"consumed_inputs"});
    return {};
}

}  // namespace

Adapter reshapeAdapter() { return {.ops = {"Reshape"}, .newest = 5, .toNewest = toNewest}; }

}  // namespace lathe::formats::onnx
