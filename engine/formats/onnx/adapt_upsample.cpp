// Upsample (until operator set 9) is Resize with the old coordinates: asymmetric, rounded down.
#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

base::Status toNewest(const AdaptContext& context) {
    const auto& attributes = context.attributes();
    auto& editor = context.editor();
    auto scales = context.node().input(1);
    std::vector<float> factors = attributes.reals("scales");
    if (context.has("height_scale") || context.has("width_scale"))
        factors = {1, 1, attributes.real("height_scale", 1), attributes.real("width_scale", 1)};
    if (!scales)
        scales = context.addConstant(tensor::Tensor::vector(std::span<const float>(factors)), "scales");
    std::string mode(attributes.text("mode", "nearest"));
    if (mode == "bilinear") mode = "linear";
    editor.setOp(context.id(), "Resize");
    const std::vector<ir::ValueId> inputs{context.node().input(0), {}, scales};
    editor.setInputs(context.id(), inputs);
    editor.setAttributes(context.id(), {{"mode", mode},
                                        {"coordinate_transformation_mode", std::string("asymmetric")},
                                        {"nearest_mode", std::string("floor")}});
    return {};
}

}  // namespace

Adapter upsampleAdapter() { return {.ops = {"Upsample"}, .newest = 10, .toNewest = toNewest}; }

}  // namespace lathe::formats::onnx
