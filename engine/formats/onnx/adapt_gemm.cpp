// Gemm: until operator set 7 stretching C had to be asked for.
#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

base::Status toNewest(const AdaptContext& context) {
    context.dropAttributes({"broadcast"});
    return {};
}

}  // namespace

Adapter gemmAdapter() { return {.ops = {"Gemm"}, .newest = 7, .toNewest = toNewest}; }

}  // namespace lathe::formats::onnx
