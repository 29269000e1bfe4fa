// Texts and value types as JSON.
#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "engine/project/graph_json.h"

namespace lathe::project {
namespace {

using Json = nlohmann::json;
constexpr std::array<std::string_view, 6> kKinds = {"unknown",  "tensor",   "sparse",
                                                    "sequence", "optional", "map"};

bool isUtf8(std::string_view text) {
    for (size_t i = 0; i < text.size();) {
        const auto c = static_cast<uint8_t>(text[i]);
        const size_t more = c < 0x80 ? 0 : c >= 0xc2 && c < 0xe0 ? 1 : c >= 0xe0 && c < 0xf0 ? 2 : 3;
        if (c >= 0x80 && (c < 0xc2 || c > 0xf4 || more > text.size() - i - 1)) return false;
        for (size_t k = 1; k <= more; ++k)
            if ((static_cast<uint8_t>(text[i + k]) & 0xc0) != 0x80) return false;
        if (more >= 2) {  // overlong forms, surrogates, beyond U+10FFFF
            const auto second = static_cast<uint8_t>(text[i + 1]);
            if ((c == 0xe0 && second < 0xa0) || (c == 0xed && second > 0x9f) ||
                (c == 0xf0 && second < 0x90) || (c == 0xf4 && second > 0x8f))
                return false;
        }
        i += more + 1;
    }
    return true;
}

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return 0;
}

Json dimToJson(const ir::Dim& dim) {
    if (dim.isKnown()) return *dim.constant();
    if (dim.isUnknown()) return nullptr;
    if (!dim.symbolName().empty()) return Json{{"name", textToJson(dim.symbolName())}};
    return textToJson(dim.toString());
}

ir::Dim dimFromJson(const Json& json) {
    if (json.is_null()) return ir::Dim::unknown();
    if (json.is_number_integer()) return ir::Dim(json.get<int64_t>());
    if (json.is_object() && json.contains("name")) return ir::Dim::symbol(textFromJson(json.at("name")));
    return ir::Dim::parse(textFromJson(json)).value_or(ir::Dim::unknown());
}

}  // namespace

Json textToJson(std::string_view text) {
    if (isUtf8(text)) return std::string(text);
    std::string hex;
    for (const char c : text) hex += fmt::format("{:02x}", static_cast<uint8_t>(c));
    return Json{{"hex", hex}};
}

std::string textFromJson(const Json& json) {
    if (json.is_string()) return json.get<std::string>();
    const auto& hex = json.at("hex").get_ref<const std::string&>();
    std::string text;
    for (size_t i = 0; i + 1 < hex.size(); i += 2)
        text += static_cast<char>(digit(hex[i]) * 16 + digit(hex[i + 1]));
    return text;
}

Json typeToJson(const ir::ValueType& type) {
    Json json = {{"kind", kKinds[static_cast<size_t>(type.kind)]}};
    if (type.element != tensor::DataType::undefined) json["element"] = static_cast<int>(type.element);
    if (type.shape) {
        auto shape = Json::array();
        for (const auto& dim : *type.shape) shape.push_back(dimToJson(dim));
        json["shape"] = std::move(shape);
    }
    if (type.inner) json["inner"] = typeToJson(*type.inner);
    return json;
}

ir::ValueType typeFromJson(const Json& json) {
    // The outermost type first; inner types are hung into it from the inside out.
    std::vector<ir::ValueType> layers;
    constexpr size_t kMostNesting = 64;
    for (const auto* at = &json; at && layers.size() < kMostNesting;
         at = at->contains("inner") ? &at->at("inner") : nullptr) {
        ir::ValueType type;
        const auto kind = std::find(kKinds.begin(), kKinds.end(), at->at("kind").get<std::string>());
        if (kind != kKinds.end()) type.kind = static_cast<ir::ValueType::Kind>(kind - kKinds.begin());
        const int element = at->value("element", 0);
        if (element > 0 && element < tensor::kDataTypeCount)
            type.element = static_cast<tensor::DataType>(element);
        if (at->contains("shape")) {
            type.shape.emplace();
            for (const auto& dim : at->at("shape")) type.shape->push_back(dimFromJson(dim));
        }
        layers.push_back(std::move(type));
    }
    for (size_t i = layers.size(); i-- > 1;)
        layers[i - 1].inner = std::make_shared<const ir::ValueType>(std::move(layers[i]));
    return std::move(layers[0]);
}

}  // namespace lathe::project
