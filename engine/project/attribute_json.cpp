// Attributes as JSON: [name, kind, value]. The kinds are positions in ir::Attribute and never change.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "engine/project/graph_json.h"

namespace lathe::project {
namespace {

using Json = nlohmann::json;

enum Kind : int {
    integer,
    real,
    text,
    tensorKind,
    sparse,
    body,
    type,
    integers,
    reals,
    texts,
    tensors,
    sparses,
    bodies,
    types,
    reference
};
static_assert(std::variant_size_v<ir::Attribute> == reference + 1);

// JSON has no infinity and no NaN.
Json realToJson(float value) { return std::isfinite(value) ? Json(value) : Json(fmt::format("{}", value)); }
float realFromJson(const Json& json) {
    if (!json.is_string()) return json.get<float>();
    const auto& word = json.get_ref<const std::string&>();
    return word == "inf" ? INFINITY : word == "-inf" ? -INFINITY : NAN;
}

// Stops at the first tensor that cannot be kept.
struct Writer {
    const StoreTensor& store;
    std::optional<base::Error> error;

    Json keep(const tensor::Tensor& tensor) {
        if (error) return {};
        auto json = store(tensor);
        if (json) return *json;
        error = json.error();
        return {};
    }
    Json keep(const ir::SparseTensor& s) {
        return {{"values", keep(s.values)},
                {"indices", keep(s.indices)},
                {"shape", std::vector<int64_t>(s.shape.begin(), s.shape.end())}};
    }

    Json operator()(int64_t value) { return value; }
    Json operator()(float value) { return realToJson(value); }
    Json operator()(const std::string& value) { return textToJson(value); }
    Json operator()(const tensor::Tensor& value) { return keep(value); }
    Json operator()(const ir::SparseTensor& value) { return keep(value); }
    Json operator()(ir::SubgraphId value) { return value.index; }
    Json operator()(const ir::ValueType& value) { return typeToJson(value); }
    Json operator()(const ir::AttributeReference& value) {
        return {{"name", textToJson(value.name)}, {"onnxType", value.onnxType}};
    }
    template <typename T>
    Json operator()(const std::vector<T>& values) {
        auto list = Json::array();
        for (const auto& value : values) list.push_back((*this)(value));
        return list;
    }
};

struct Reader {
    uint32_t subgraphLimit;
    const FindTensor& find;
    std::optional<base::Error> error;

    tensor::Tensor tensor(const Json& json) {
        if (error) return {};
        auto found = find(json);
        if (found) return *found;
        error = found.error();
        return {};
    }
    ir::SparseTensor sparseTensor(const Json& json) {
        ir::SparseTensor result{tensor(json.at("values")), tensor(json.at("indices")), {}};
        for (const auto& dimension : json.at("shape")) result.shape.push_back(dimension.get<int64_t>());
        return result;
    }
    ir::SubgraphId subgraph(const Json& json) {
        const auto index = json.get<uint32_t>();
        if (index == 0 || index >= subgraphLimit)
            error = base::Error::badInput(
                fmt::format("An attribute names sub-graph {}, which is not there.", index));
        return {index};
    }
    template <typename T, typename Read>
    static std::vector<T> list(const Json& json, Read read) {
        std::vector<T> result;
        for (const auto& item : json) result.push_back(read(item));
        return result;
    }

    std::optional<ir::Attribute> read(int kind, const Json& json) {
        const auto readTensor = [this](const Json& j) { return tensor(j); };
        const auto readSparse = [this](const Json& j) { return sparseTensor(j); };
        const auto readBody = [this](const Json& j) { return subgraph(j); };
        switch (kind) {
            case integer:
                return json.get<int64_t>();
            case real:
                return realFromJson(json);
            case text:
                return textFromJson(json);
            case tensorKind:
                return tensor(json);
            case sparse:
                return sparseTensor(json);
            case body:
                return subgraph(json);
            case type:
                return typeFromJson(json);
            case integers:
                return json.get<std::vector<int64_t>>();
            case reals:
                return list<float>(json, realFromJson);
            case texts:
                return list<std::string>(json, textFromJson);
            case tensors:
                return list<tensor::Tensor>(json, readTensor);
            case sparses:
                return list<ir::SparseTensor>(json, readSparse);
            case bodies:
                return list<ir::SubgraphId>(json, readBody);
            case types:
                return list<ir::ValueType>(json, typeFromJson);
            case reference:
                return ir::AttributeReference{textFromJson(json.at("name")), json.at("onnxType").get<int>()};
            default:
                return {};
        }
    }
};

}  // namespace

base::Result<Json> attributesToJson(const ir::Attributes& attributes, const StoreTensor& store) {
    auto list = Json::array();
    Writer writer{store, {}};
    for (const auto& [name, value] : attributes)
        list.push_back({textToJson(name), value.index(), std::visit(writer, value)});
    if (writer.error) return *writer.error;
    return list;
}

base::Result<ir::Attributes> attributesFromJson(const Json& json, uint32_t subgraphLimit,
                                                const FindTensor& find) {
    ir::Attributes attributes;
    Reader reader{subgraphLimit, find, {}};
    for (const auto& item : json) {
        auto value = reader.read(item.at(1).get<int>(), item.at(2));
        if (reader.error) return *reader.error;
        if (!value) return base::Error::badInput("An attribute has an unknown kind.");
        attributes.set(textFromJson(item.at(0)), std::move(*value));
    }
    return attributes;
}

}  // namespace lathe::project
