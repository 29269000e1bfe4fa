// Concat: until operator set 4 the axis was 1 unless given.
#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

base::Status toNewest(const AdaptContext& context) {
    if (!context.has("axis")) context.editor().setAttribute(context.id(), "axis", int64_t{1});
    return {};
}

}  // namespace

Adapter concatAdapter() { return {.ops = {"Concat"}, .newest = 4, .toNewest = toNewest}; }

}  // namespace lathe::formats::onnx
