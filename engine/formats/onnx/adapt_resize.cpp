// Resize: operator set 10 had scales alone and the coordinates of Upsample; 11 and 12 wrote empty tensors for
// omitted inputs.
#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

void omitEmpty(const AdaptContext& context, size_t input) {
    const auto* tensor = context.constant(input);
    if (tensor && tensor->empty()) context.editor().setInput(context.id(), input, {});
}

// tf_half_pixel_for_nn went away with operator set 13. Its position is that of half_pixel plus 1/2, so
// rounding it down is rounding the other half up, and rounding it (halves down) is taking the next whole
// number of the other.
void replaceHalfPixelForNearest(const AdaptContext& context) {
    const auto& attributes = context.attributes();
    if (attributes.text("coordinate_transformation_mode", "") != "tf_half_pixel_for_nn" ||
        attributes.text("mode", "nearest") != "nearest")
        return;
    const auto rounding = attributes.text("nearest_mode", "round_prefer_floor");
    std::string replacement;
    if (rounding == "floor") replacement = "round_prefer_ceil";
    if (rounding == "round_prefer_floor") replacement = "ceil";
    if (replacement.empty()) return;
    context.editor().setAttribute(context.id(), "coordinate_transformation_mode", std::string("half_pixel"));
    context.editor().setAttribute(context.id(), "nearest_mode", replacement);
}

base::Status toNewest(const AdaptContext& context) {
    auto& editor = context.editor();
    if (context.version() < 11) {
        const std::vector<ir::ValueId> inputs{context.node().input(0), {}, context.node().input(1)};
        editor.setInputs(context.id(), inputs);
        editor.setAttribute(context.id(), "coordinate_transformation_mode", std::string("asymmetric"));
        editor.setAttribute(context.id(), "nearest_mode", std::string("floor"));
        return {};
    }
    omitEmpty(context, 1);
    omitEmpty(context, 2);
    replaceHalfPixelForNearest(context);
    return {};
}

base::Status toOlder(const AdaptContext& context) {
    if (context.attributes().text("coordinate_transformation_mode", "") == "half_pixel_symmetric")
        return context.needs(19, "its coordinates are half_pixel_symmetric");
    return {};
}

}  // namespace

Adapter resizeAdapter() {
    return {.ops = {"Resize"}, .newest = 19, .toNewest = toNewest, .toOlder = toOlder};
}

}  // namespace lathe::formats::onnx
