// Slice: starts, ends and axes were attributes until operator set 10.
#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

base::Status toNewest(const AdaptContext& context) {
    context.integersToInput("starts", 1);
    context.integersToInput("ends", 2);
    context.integersToInput("axes", 3);
    return {};
}

}  // namespace

Adapter sliceAdapter() { return {.ops = {"Slice"}, .newest = 10, .toNewest = toNewest}; }

}  // namespace lathe::formats::onnx
