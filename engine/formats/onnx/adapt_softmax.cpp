// Softmax, LogSoftmax, Hardmax: until operator set 13 everything from the axis on was one row.
#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

base::Status toNewest(const AdaptContext& context) {
    auto& editor = context.editor();
    const auto input = context.node().input(0);
    const auto output = context.node().output();
    if (!input || !output) return {};
    const int64_t axis = context.attributes().integer("axis", 1);
    const auto type = editor.graph().value(input).type();
    if (type.shape) {
        const auto rank = static_cast<int64_t>(type.shape->size());
        const auto from = tensor::normalizedAxis(axis, rank);
        bool oneAxis = from.has_value();
        for (int64_t i = from.value_or(0) + 1; i < rank; ++i)
            oneAxis = oneAxis && (*type.shape)[static_cast<size_t>(i)] == ir::Dim(1);
        if (oneAxis) {
            editor.setAttribute(context.id(), "axis", *from);
            return {};
        }
    }
    const auto rows = context.addNode("Flatten", {input}, {{"axis", axis}}, "rows");
    const auto shape = context.addNode("Shape", {input}, {}, "shape");
    const auto scaled = context.addNode(context.node().op(), {rows}, {{"axis", int64_t{-1}}}, "softmax");
    editor.setOp(context.id(), "Reshape");
    editor.setAttributes(context.id(), {});
    editor.setInputs(context.id(), std::vector{scaled, shape});
    return {};
}

}  // namespace

Adapter softmaxAdapter() {
    return {
        .ops = {"Hardmax", "LogSoftmax", "Softmax"}, .newest = 13, .toNewest = toNewest, .wantsTypes = true};
}

}  // namespace lathe::formats::onnx
