// RoiAlign: before operator set 16 there was no shift by half a pixel.
#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

base::Status toNewest(const AdaptContext& context) {
    context.editor().setAttribute(context.id(), "coordinate_transformation_mode",
                                  std::string("output_half_pixel"));
    return {};
}

base::Status toOlder(const AdaptContext& context) {
    if (context.attributes().text("coordinate_transformation_mode", "half_pixel") != "output_half_pixel")
        return context.needs(16, "its coordinates are shifted by half a pixel");
    context.dropAttributes({"coordinate_transformation_mode"});
    return {};
}

}  // namespace

Adapter roiAlignAdapter() {
    return {.ops = {"RoiAlign"}, .newest = 16, .toNewest = toNewest, .toOlder = toOlder};
}

}  // namespace lathe::formats::onnx
