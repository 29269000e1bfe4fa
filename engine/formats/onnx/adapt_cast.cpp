// Cast: the type was a word until operator set 6.
#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

constexpr std::pair<std::string_view, tensor::DataType> kWords[] = {
    {"FLOAT", tensor::DataType::float32},  {"UINT8", tensor::DataType::uint8},
    {"INT8", tensor::DataType::int8},      {"UINT16", tensor::DataType::uint16},
    {"INT16", tensor::DataType::int16},    {"INT32", tensor::DataType::int32},
    {"INT64", tensor::DataType::int64},    {"STRING", tensor::DataType::string},
    {"BOOL", tensor::DataType::boolean},   {"FLOAT16", tensor::DataType::float16},
    {"DOUBLE", tensor::DataType::float64}, {"UINT32", tensor::DataType::uint32},
    {"UINT64", tensor::DataType::uint64},
};

base::Status toNewest(const AdaptContext& context) {
    const std::string word(context.attributes().text("to", ""));
    for (const auto& [name, type] : kWords)
        if (name == word) context.editor().setAttribute(context.id(), "to", static_cast<int64_t>(type));
    return {};
}

}  // namespace

Adapter castAdapter() { return {.ops = {"Cast"}, .newest = 6, .toNewest = toNewest}; }

}  // namespace lathe::formats::onnx
