// Attributes that came with operator sets after 13 (onnx/docs/Changelog.md).
#include <fmt/format.h>

#include "engine/formats/onnx/adapt.h"

namespace lathe::formats::onnx {
namespace {

struct NewerAttribute {
    std::string_view op, attribute;
    int64_t since;
    // What a node without the attribute means; a list of ones is written as kOnes, nothing as kNone.
    std::variant<int64_t, std::string_view> otherwise;
};

constexpr std::string_view kOnes = "(ones)";
constexpr std::string_view kNone = "(none)";

constexpr NewerAttribute kNewerAttributes[] = {
    {"AveragePool", "dilations", 19, kOnes},
    {"BatchNormalization", "training_mode", 14, int64_t{0}},
    {"Cast", "round_mode", 24, std::string_view("up")},
    {"Cast", "saturate", 19, int64_t{1}},
    {"CastLike", "round_mode", 24, std::string_view("up")},
    {"CastLike", "saturate", 19, int64_t{1}},
    {"DequantizeLinear", "block_size", 21, int64_t{0}},
    {"DequantizeLinear", "output_dtype", 23, int64_t{0}},
    {"GRU", "layout", 14, int64_t{0}},
    {"GroupNormalization", "stash_type", 21, int64_t{1}},
    {"LSTM", "layout", 14, int64_t{0}},
    {"LpPool", "ceil_mode", 18, int64_t{0}},
    {"LpPool", "dilations", 18, kOnes},
    {"QuantizeLinear", "block_size", 21, int64_t{0}},
    {"QuantizeLinear", "output_dtype", 21, int64_t{0}},
    {"QuantizeLinear", "precision", 23, int64_t{0}},
    {"QuantizeLinear", "saturate", 19, int64_t{1}},
    {"RNN", "layout", 14, int64_t{0}},
    {"Reshape", "allowzero", 14, int64_t{0}},
    {"Resize", "antialias", 18, int64_t{0}},
    {"Resize", "axes", 18, kNone},
    {"Resize", "keep_aspect_ratio_policy", 18, std::string_view("stretch")},
    {"ScatterElements", "reduction", 16, std::string_view("none")},
    {"ScatterND", "reduction", 16, std::string_view("none")},
    {"Shape", "end", 15, kNone},
    {"Shape", "start", 15, int64_t{0}},
};

bool saysDefault(const ir::Attribute& value, const NewerAttribute& newer) {
    if (const auto* number = std::get_if<int64_t>(&value)) {
        const auto* wanted = std::get_if<int64_t>(&newer.otherwise);
        return wanted && *wanted == *number;
    }
    const auto* word = std::get_if<std::string_view>(&newer.otherwise);
    if (const auto* text = std::get_if<std::string>(&value)) return word && *word == *text;
    const auto* list = std::get_if<std::vector<int64_t>>(&value);
    return list && word && *word == kOnes && *list == std::vector<int64_t>(list->size(), 1);
}

}  // namespace

base::Status dropNewerAttributes(const AdaptContext& context) {
    if (context.attributes().empty()) return {};
    for (const auto& newer : kNewerAttributes) {
        if (context.version() >= newer.since || context.node().op() != newer.op) continue;
        const auto* value = context.attributes().find(newer.attribute);
        if (!value) continue;
        if (!saysDefault(*value, newer))
            return context.needs(newer.since, fmt::format("its attribute {} is newer than {}",
                                                          newer.attribute, context.version()));
        context.dropAttributes({newer.attribute});
    }
    return {};
}

}  // namespace lathe::formats::onnx
