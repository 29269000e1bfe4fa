// LabelEncoder: until operator set 2 of ai.onnx.ml it knew one list of texts, and changed texts to their
// places in it or places to texts: which of both, the type of the input says.
#include <numeric>

#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

constexpr std::string_view kDomain = "ai.onnx.ml";

base::Status toNewest(const AdaptContext& context) {
    if (!context.has("classes_strings")) return {};
    const auto& attributes = context.attributes();
    const auto texts = attributes.texts("classes_strings");
    std::vector<int64_t> places(texts.size());
    std::iota(places.begin(), places.end(), int64_t{0});
    const auto input = context.node().input(0);
    const auto type =
        input ? context.editor().graph().value(input).type().element : tensor::DataType::undefined;
    // Where inference cannot tell, the default that is given does.
    const bool fromTexts = type == tensor::DataType::string ||
                           (type == tensor::DataType::undefined &&
                            !(context.has("default_string") && !context.has("default_int64")));
    auto& editor = context.editor();
    editor.setAttribute(context.id(), fromTexts ? "keys_strings" : "values_strings", texts);
    editor.setAttribute(context.id(), fromTexts ? "values_int64s" : "keys_int64s", places);
    context.dropAttributes({"classes_strings", fromTexts ? "default_string" : "default_int64"});
    // The list form came with operator set 2, and every later one has it.
    if (auto& version = editor.info().opsets[std::string(kDomain)]; version < 2) version = 2;
    return {};
}

}  // namespace

Adapter labelEncoderAdapter() {
    return {
        .ops = {"LabelEncoder"}, .newest = 2, .toNewest = toNewest, .domain = kDomain, .wantsTypes = true};
}

}  // namespace lathe::formats::onnx
