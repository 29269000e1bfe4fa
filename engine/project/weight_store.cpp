#include "engine/project/weight_store.h"

#include <fmt/format.h>

#include <cstring>
#include <nlohmann/json.hpp>

#include "engine/base/hash.h"
#include "engine/project/graph_json.h"

namespace lathe::project {
namespace {

using Json = nlohmann::json;
constexpr size_t kPartSize = size_t{64} << 20;
constexpr size_t kShort = 64;  // bytes

base::Error damaged(std::string_view what) {
    return base::Error::badInput(fmt::format("A stored weight is damaged: {}.", what));
}

std::string toHex(std::span<const std::byte> bytes) {
    std::string hex;
    for (const auto b : bytes) hex += fmt::format("{:02x}", std::to_integer<int>(b));
    return hex;
}

bool fromHex(const std::string& hex, std::span<std::byte> bytes) {
    if (hex.size() != 2 * bytes.size()) return false;
    const auto digit = [](char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    };
    for (size_t i = 0; i < bytes.size(); ++i) {
        const int high = digit(hex[2 * i]), low = digit(hex[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        bytes[i] = static_cast<std::byte>(high * 16 + low);
    }
    return true;
}

}  // namespace

base::Result<std::string> ContentStore::put(std::span<const std::byte> bytes) {
    auto name = base::sha256(bytes);
    if (!m_stored.insert(name).second) return name;
    auto insert = m_database.prepare("INSERT INTO contents VALUES(?, ?, ?)");
    if (!insert) return insert.error();
    for (size_t at = 0, part = 0; at == 0 || at < bytes.size(); at += kPartSize, ++part) {
        const auto piece = bytes.subspan(at, std::min(kPartSize, bytes.size() - at));
        if (auto s = insert->bind(name).bind(static_cast<int64_t>(part)).bind(piece).run(); !s)
            return s.error();
    }
    return name;
}

base::Result<std::shared_ptr<const std::vector<std::byte>>> ContentStore::get(const std::string& sha256) {
    if (auto known = m_loaded[sha256].lock()) return known;
    auto select = m_database.prepare("SELECT bytes FROM contents WHERE sha256 = ? ORDER BY part");
    if (!select) return select.error();
    select->bind(sha256);
    auto bytes = std::make_shared<std::vector<std::byte>>();
    while (true) {
        const auto row = select->step();
        if (!row) return row.error();
        if (!*row) break;
        const auto piece = select->bytes(0);
        bytes->insert(bytes->end(), piece.begin(), piece.end());
    }
    if (base::sha256(*bytes) != sha256)
        return base::Error::badInput(fmt::format("The content {} is missing or damaged.", sha256));
    std::shared_ptr<const std::vector<std::byte>> result = std::move(bytes);
    m_loaded[sha256] = result;
    return result;
}

WeightWriter::WeightWriter(ContentStore& contents, const ir::Graph* source) : m_contents(contents) {
    for (uint32_t i = 0; source && i < source->valueLimit(); ++i)
        if (const auto& tensor = source->valueData({i}).constant; tensor && tensor->bytes().size() > kShort)
            m_inSource.emplace(tensor->bytes().data(), std::pair(ir::ValueId{i}, tensor->bytes().size()));
}

base::Result<Json> WeightWriter::store(const tensor::Tensor& tensor) {
    Json reference = {{"type", static_cast<int>(tensor.type())},
                      {"shape", std::vector<int64_t>(tensor.shape().begin(), tensor.shape().end())}};
    if (tensor.type() == tensor::DataType::string) {
        auto texts = Json::array();
        for (const auto& text : tensor.values<std::string>()) texts.push_back(textToJson(text));
        reference["texts"] = std::move(texts);
        return reference;
    }
    const auto bytes = tensor.bytes();
    if (const auto it = m_inSource.find(bytes.data());
        it != m_inSource.end() && it->second.second == bytes.size()) {
        reference["source"] = it->second.first.index;
    } else if (bytes.size() <= kShort) {
        reference["bytes"] = toHex(bytes);
    } else {
        auto name = m_contents.put(bytes);
        if (!name) return name.error();
        reference["content"] = *name;
    }
    return reference;
}

base::Result<tensor::Tensor> WeightReader::find(const Json& reference) {
    const int code = reference.at("type").get<int>();
    if (code < 0 || code >= tensor::kDataTypeCount) return damaged("its type is not known");
    const auto type = static_cast<tensor::DataType>(code);
    const auto shape = reference.at("shape").get<std::vector<int64_t>>();
    if (type == tensor::DataType::undefined && shape.empty()) return tensor::Tensor();
    if (type == tensor::DataType::string) {
        const auto& texts = reference.at("texts");
        const auto count = tensor::checkedElementCount(shape);
        if (!count || static_cast<uint64_t>(*count) != texts.size())
            return damaged("its texts do not fit its shape");
        auto result = tensor::Tensor::zeros(type, shape);
        for (size_t i = 0; i < texts.size(); ++i)
            result.mutableValues<std::string>()[i] = textFromJson(texts.at(i));
        return result;
    }
    const auto size = tensor::checkedByteSize(type, shape);
    if (!size) return damaged("its shape is absurd");
    if (reference.contains("source")) {
        const ir::ValueId id{reference.at("source").get<uint32_t>()};
        const auto* held =
            m_source && m_source->contains(id) ? m_source->valueData(id).constant.get() : nullptr;
        if (!held || held->type() == tensor::DataType::string || held->bytes().size() != *size)
            return damaged(
                fmt::format("value {} of the source model does not hold its {} bytes", id.index, *size));
        return tensor::Tensor::borrowed(type, shape, held->bytes(), std::make_shared<tensor::Tensor>(*held));
    }
    if (reference.contains("content")) {
        const auto bytes = m_contents.get(reference.at("content").get<std::string>());
        if (!bytes) return bytes.error();
        if ((*bytes)->size() != *size) return damaged("its content does not fit its shape");
        return tensor::Tensor::borrowed(type, shape, **bytes, *bytes).aligned();
    }
    const auto& hex = reference.at("bytes").get_ref<const std::string&>();
    if (hex.size() / 2 != *size) return damaged("its bytes do not fit its shape");
    auto result = tensor::Tensor::zeros(type, shape);
    if (!fromHex(hex, result.mutableBytes())) return damaged("its bytes are not hexadecimal");
    return result;
}

}  // namespace lathe::project
