// BatchNormalization: old files may list the outputs and attributes of training; graphs hold the form of
// inference unless training_mode says otherwise.
#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

base::Status toNewest(const AdaptContext& context) {
    auto& editor = context.editor();
    if (context.attributes().integer("spatial", 1) == 0)
        return base::Error::badInput(
            context.node().label() +
            ": batch normalization per position (spatial = 0) is not supported. Export "
            "the model with operator set 9 or newer.");
    const auto outputs = context.node().outputs();
    const auto& graph = editor.graph();
    for (size_t i = 1; i < outputs.size(); ++i)
        if (outputs[i] && (!editor.uses(outputs[i]).empty() || graph.isOutput(outputs[i])))
            return base::Error::badInput(
                context.node().label() +
                ": the running statistics of training are read; that form is older than "
                "operator set 14 and not supported. Export the model for inference.");
    if (outputs.size() > 1) {
        const std::vector<ir::ValueId> spare(outputs.begin() + 1, outputs.end());
        const auto first = outputs[0];
        editor.setOutputs(context.id(), std::span(&first, 1));
        for (const auto value : spare)
            if (value) editor.removeValue(value);
    }
    context.dropAttributes({"spatial", "is_test", "consumed_inputs"});
    return {};
}

}  // namespace

Adapter batchNormalizationAdapter() {
    return {.ops = {"BatchNormalization"}, .newest = 14, .toNewest = toNewest};
}

}  // namespace lathe::formats::onnx
