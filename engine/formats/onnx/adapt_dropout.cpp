// Dropout: the ratio was an attribute until operator set 12, and a node never trains unless an input says so.
#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

base::Status toNewest(const AdaptContext& context) {
    if (context.has("ratio")) {
        const auto ratio = tensor::Tensor::scalar(context.attributes().real("ratio", 0.5f));
        context.editor().setInput(context.id(), 1, context.addConstant(ratio, "ratio"));
    }
    context.dropAttributes({"ratio", "is_test", "consumed_inputs"});
    return {};
}

}  // namespace

Adapter dropoutAdapter() { return {.ops = {"Dropout"}, .newest = 12, .toNewest = toNewest}; }

}  // namespace lathe::formats::onnx
