// Scan: operator set 8 had a batch axis and an input for lengths, a form that nobody can run any more.
#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

base::Status toNewest(const AdaptContext& context) {
    return base::Error::badInput(
        context.node().label() +
        ": Scan in the form of operator set 8 is not supported. Export the model with "
        "operator set 9 or newer.");
}

}  // namespace

Adapter scanAdapter() { return {.ops = {"Scan"}, .newest = 9, .toNewest = toNewest}; }

}  // namespace lathe::formats::onnx
