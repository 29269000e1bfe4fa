// Scatter was renamed to ScatterElements with operator set 11.
#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

base::Status toNewest(const AdaptContext& context) {
    context.editor().setOp(context.id(), "ScatterElements");
    return {};
}

}  // namespace

Adapter scatterAdapter() { return {.ops = {"Scatter"}, .newest = 11, .toNewest = toNewest}; }

}  // namespace lathe::formats::onnx
