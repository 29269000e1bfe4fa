// Clip: the bounds were attributes until operator set 11.
#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

base::Status toNewest(const AdaptContext& context) {
    size_t input = 1;
    for (const auto name : {"min", "max"}) {
        if (context.has(name)) {
            auto bound = context.scalarLike(0, context.attributes().real(name, 0));
            context.editor().setInput(context.id(), input, context.addConstant(std::move(bound), name));
        }
        ++input;
    }
    context.dropAttributes({"min", "max", "consumed_inputs"});
    return {};
}

}  // namespace

Adapter clipAdapter() { return {.ops = {"Clip"}, .newest = 11, .toNewest = toNewest}; }

}  // namespace lathe::formats::onnx
