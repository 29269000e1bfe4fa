#include "engine/remote/protocol/value.h"

#include <fmt/format.h>

#include <cstring>

#include "engine/tensor/data_type.h"
#include "engine/tensor/shape.h"

namespace lathe::remote {
namespace {

using tensor::DataType;
using tensor::RuntimeValue;
using tensor::Tensor;

// Sequences in sequences; more is nonsense that would only fill the stack.
constexpr int kDeepest = 16;

base::Error broken(std::string_view what) {
    return base::Error::badInput(fmt::format("A value from the other side cannot be read: {}.", what));
}

Bytes bytesOf(const Tensor& tensor) {
    if (tensor.type() != DataType::string) return {tensor.bytes().begin(), tensor.bytes().end()};
    Bytes bytes;
    for (const auto& text : tensor.values<std::string>()) {
        const auto length = static_cast<uint32_t>(text.size());
        const auto number = std::as_bytes(std::span(&length, 1)), content = std::as_bytes(std::span(text));
        bytes.insert(bytes.end(), number.begin(), number.end());
        bytes.insert(bytes.end(), content.begin(), content.end());
    }
    return bytes;
}

base::Result<Tensor> textsOf(tensor::Dimensions shape, std::span<const std::byte> bytes) {
    const auto count = tensor::checkedByteSize(DataType::uint8, shape);
    // Each text takes four bytes at least: checked before room is made for them.
    if (!count || *count > bytes.size() / 4) return broken("fewer texts than its shape says");
    auto result = Tensor::zeros(DataType::string, shape);
    for (auto& text : result.mutableValues<std::string>()) {
        uint32_t length = 0;
        if (bytes.size() < 4) return broken("a text is cut off");
        std::memcpy(&length, bytes.data(), 4);
        bytes = bytes.subspan(4);
        if (bytes.size() < length) return broken("a text is cut off");
        text.assign(reinterpret_cast<const char*>(bytes.data()), length);
        bytes = bytes.subspan(length);
    }
    if (!bytes.empty()) return broken("more bytes than its texts have");
    return result;
}

base::Result<Tensor> takeTensor(const Json& json, Message& message) {
    const auto type = tensor::dataTypeFromName(json.at("type").get<std::string>());
    if (!type || *type == DataType::undefined) return broken("unknown element type");
    const auto dims = json.at("shape").get<std::vector<int64_t>>();
    const tensor::Shape shape(dims.begin(), dims.end());
    const auto blob = json.at("blob").get<size_t>();
    if (blob >= message.blobs.size()) return broken("its bytes are missing");
    const Bytes bytes = std::move(message.blobs[blob]);
    if (*type == DataType::string) return textsOf(shape, bytes);
    const auto size = tensor::checkedByteSize(*type, shape);
    if (!size || *size != bytes.size())
        return broken(fmt::format("{} bytes for {}", bytes.size(), tensor::toString(*type, shape)));
    auto result = Tensor::zeros(*type, shape);
    if (!bytes.empty()) std::memcpy(result.mutableBytes().data(), bytes.data(), bytes.size());
    return result;
}

base::Result<RuntimeValue> take(const Json& json, Message& message, int depth);

base::Result<std::vector<RuntimeValue>> takeAll(const Json& list, Message& message, int depth) {
    std::vector<RuntimeValue> items;
    for (const auto& item : list) {
        auto value = take(item, message, depth + 1);
        if (!value) return value.error();
        items.push_back(std::move(*value));
    }
    return items;
}

base::Result<RuntimeValue> take(const Json& json, Message& message, int depth) {
    if (depth > kDeepest) return broken("it is nested too deeply");
    if (json.is_null()) return RuntimeValue();
    const auto kind = json.at("kind").get<std::string>();
    if (kind == "tensor") {
        auto result = takeTensor(json, message);
        if (!result) return result.error();
        return RuntimeValue(std::move(*result));
    }
    if (kind == "sequence") {
        tensor::Sequence sequence;
        sequence.elementType =
            tensor::dataTypeFromName(json.at("type").get<std::string>()).value_or(DataType::undefined);
        auto items = takeAll(json.at("items"), message, depth);
        if (!items) return items.error();
        sequence.items = std::move(*items);
        return RuntimeValue(std::move(sequence));
    }
    if (kind == "optional") {
        if (!json.contains("value")) return RuntimeValue(tensor::Optional{});
        auto value = take(json.at("value"), message, depth + 1);
        if (!value) return value.error();
        return RuntimeValue(tensor::Optional{std::make_shared<RuntimeValue>(std::move(*value))});
    }
    if (kind != "map") return broken(fmt::format("unknown kind \"{}\"", kind));
    tensor::Map map;
    auto keys = takeTensor(json.at("keys"), message);
    if (!keys) return keys.error();
    auto values = takeAll(json.at("values"), message, depth);
    if (!values) return values.error();
    map.keys = std::move(*keys);
    map.values = std::move(*values);
    return RuntimeValue(std::move(map));
}

}  // namespace

Json putTensor(const Tensor& tensor, Message& message) {
    message.blobs.push_back(bytesOf(tensor));
    return {{"kind", "tensor"},
            {"type", tensor::name(tensor.type())},
            {"shape", std::vector<int64_t>(tensor.shape().begin(), tensor.shape().end())},
            {"blob", message.blobs.size() - 1}};
}

Json putValue(const RuntimeValue& value, Message& message) {
    const auto all = [&](const std::vector<RuntimeValue>& values) {
        auto list = Json::array();
        for (const auto& item : values) list.push_back(putValue(item, message));
        return list;
    };
    if (const auto* tensor = value.tensor()) return putTensor(*tensor, message);
    if (const auto* sequence = value.sequence())
        return {{"kind", "sequence"},
                {"type", tensor::name(sequence->elementType)},
                {"items", all(sequence->items)}};
    if (const auto* optional = value.optional()) {
        Json json = {{"kind", "optional"}};
        if (optional->value) json["value"] = putValue(*optional->value, message);
        return json;
    }
    if (const auto* map = value.map()) {
        auto keys = putTensor(map->keys, message);
        return {{"kind", "map"}, {"keys", std::move(keys)}, {"values", all(map->values)}};
    }
    return nullptr;
}

base::Result<RuntimeValue> takeValue(const Json& json, Message& message) {
    try {
        return take(json, message, 0);
    } catch (const Json::exception& error) {
        return broken(error.what());
    }
}

}  // namespace lathe::remote
