// GridSample: the names of the modes changed with operator set 20.
#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

base::Status rename(const AdaptContext& context, std::string_view from, std::string_view to) {
    if (context.attributes().text("mode", "") == from)
        context.editor().setAttribute(context.id(), "mode", std::string(to));
    return {};
}

base::Status toNewest(const AdaptContext& context) {
    if (auto status = rename(context, "bilinear", "linear"); !status) return status;
    return rename(context, "bicubic", "cubic");
}

base::Status toOlder(const AdaptContext& context) {
    if (context.rank(0) > 4) return context.needs(20, "its input has more than two spatial axes");
    if (auto status = rename(context, "linear", "bilinear"); !status) return status;
    return rename(context, "cubic", "bicubic");
}

}  // namespace

Adapter gridSampleAdapter() {
    return {.ops = {"GridSample"}, .newest = 20, .toNewest = toNewest, .toOlder = toOlder};
}

}  // namespace lathe::formats::onnx
