#include "engine/project/graph_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "engine/ir/editor.h"

namespace lathe::project {
namespace {

using Json = nlohmann::json;
constexpr int kVersion = 1;
constexpr int64_t kNone = -1;  // an id that is not valid

template <typename Tag>
int64_t idToJson(ir::Id<Tag> id) {
    return id.valid() ? int64_t{id.index} : kNone;
}

template <typename List>
Json idsToJson(const List& ids) {
    auto list = Json::array();
    for (const auto id : ids) list.push_back(idToJson(id));
    return list;
}

Json infoToJson(const ir::ModelInfo& info) {
    auto properties = Json::array();
    for (const auto& [key, value] : info.properties)
        properties.push_back({textToJson(key), textToJson(value)});
    return {{"producerName", textToJson(info.producerName)},
            {"producerVersion", textToJson(info.producerVersion)},
            {"domain", textToJson(info.domain)},
            {"doc", textToJson(info.doc)},
            {"modelVersion", info.modelVersion},
            {"irVersion", info.irVersion},
            {"opsets", info.opsets},
            {"fileOpsets", info.fileOpsets},
            {"properties", std::move(properties)},
            {"sourcePath", textToJson(info.sourcePath)},
            {"sourceNodeCount", info.sourceNodeCount}};
}

void infoFromJson(const Json& json, ir::ModelInfo& info) {
    info.producerName = textFromJson(json.at("producerName"));
    info.producerVersion = textFromJson(json.at("producerVersion"));
    info.domain = textFromJson(json.at("domain"));
    info.doc = textFromJson(json.at("doc"));
    info.modelVersion = json.at("modelVersion").get<int64_t>();
    info.irVersion = json.at("irVersion").get<int64_t>();
    info.opsets = json.at("opsets").get<std::map<std::string, int64_t>>();
    info.fileOpsets = json.at("fileOpsets").get<std::map<std::string, int64_t>>();
    for (const auto& pair : json.at("properties"))
        info.properties.emplace_back(textFromJson(pair.at(0)), textFromJson(pair.at(1)));
    info.sourcePath = textFromJson(json.at("sourcePath"));
    info.sourceNodeCount = json.at("sourceNodeCount").get<int64_t>();
}

// Reads into an editor; every id is checked against the tables first. Throws what the JSON library throws.
class GraphReader {
  public:
    GraphReader(const Json& json, const FindTensor& find) : m_json(json), m_find(find) {}

    base::Result<ir::GraphPtr> read() {
        const auto &subgraphs = m_json.at("subgraphs"), &nodes = m_json.at("nodes"),
                   &values = m_json.at("values");
        m_subgraphs = static_cast<uint32_t>(subgraphs.size());
        m_nodes = static_cast<uint32_t>(nodes.size());
        m_values = static_cast<uint32_t>(values.size());
        if (m_subgraphs == 0) return bad("there is no main graph");
        for (uint32_t i = 1; i < m_subgraphs; ++i) {
            m_editor.addSubgraph("");
            if (!subgraphs.at(i).at("alive").get<bool>()) m_dead.push_back({i});
        }
        if (auto s = readValues(values); !s) return s.error();
        if (auto s = readNodes(nodes); !s) return s.error();
        for (uint32_t i = 0; i < m_subgraphs; ++i) {
            const auto& item = subgraphs.at(i);
            m_editor.setSubgraphName({i}, textFromJson(item.at("name")), textFromJson(item.at("doc")));
            m_editor.setGraphInputs({i}, liveValues(item.at("inputs")));
            m_editor.setGraphOutputs({i}, liveValues(item.at("outputs")));
        }
        if (auto s = readFunctions(); !s) return s.error();
        infoFromJson(m_json.at("info"), m_editor.info());
        if (m_error) return *m_error;
        return m_editor.finish();
    }

  private:
    static base::Error bad(std::string_view what) {
        return base::Error::badInput(fmt::format("The stored graph is damaged: {}.", what));
    }

    template <typename IdType>
    IdType id(const Json& json, uint32_t limit, bool optional = true) {
        const auto number = json.get<int64_t>();
        if (number == kNone && optional) return {};
        if (number < 0 || number >= int64_t{limit}) {
            m_error = bad(fmt::format("id {} is outside its table of {}", number, limit));
            return {};
        }
        return {static_cast<uint32_t>(number)};
    }
    std::vector<ir::ValueId> valueIds(const Json& list, bool optional = true) {
        std::vector<ir::ValueId> ids;
        for (const auto& item : list) ids.push_back(id<ir::ValueId>(item, m_values, optional));
        return ids;
    }
    std::vector<ir::ValueId> liveValues(const Json& list) {
        auto ids = valueIds(list, false);
        for (const auto value : ids)
            if (value.valid() && !m_editor.graph().contains(value))
                m_error = bad("a removed value is in use");
        return ids;
    }

    // Removed entries keep their places, so that ids mean what they meant.
    base::Status readValues(const Json& values) {
        for (const auto& item : values) {
            if (item.is_null()) {
                m_editor.removeValue(m_editor.addValue("", {}));
                continue;
            }
            const auto subgraph = id<ir::SubgraphId>(item.at("graph"), m_subgraphs, false);
            if (m_error) return *m_error;
            const auto type = item.contains("type") ? typeFromJson(item.at("type")) : ir::ValueType();
            const auto value = m_editor.addValue(textFromJson(item.at("name")), type, subgraph);
            if (!item.contains("constant")) continue;
            auto tensor = m_find(item.at("constant"));
            if (!tensor) return tensor.error();
            m_editor.setConstant(value, std::move(*tensor));
            m_editor.setType(value, type);
        }
        return {};
    }

    base::Status readNodes(const Json& nodes) {
        std::vector<bool> made(m_values, false);
        for (const auto& item : nodes) {
            if (item.is_null()) {
                // Bodies die with the node that owned them.
                ir::Attributes bodies;
                if (!m_dead.empty()) bodies.set("bodies", std::exchange(m_dead, {}));
                m_editor.removeNode(m_editor.addNode(
                    {.op = "", .inputs = {}, .attributes = std::move(bodies), .outputCount = 0}));
                continue;
            }
            const auto subgraph = id<ir::SubgraphId>(item.at("graph"), m_subgraphs, false);
            auto inputs = valueIds(item.at("inputs"));
            const auto outputs = valueIds(item.at("outputs"));
            if (m_error) return *m_error;
            auto attributes = attributesFromJson(item.at("attributes"), m_subgraphs, m_find);
            if (!attributes) return attributes.error();
            for (const auto value : outputs) {
                if (!value.valid()) continue;
                if (made[value.index] || !m_editor.graph().contains(value))
                    return bad("a value is made twice");
                made[value.index] = true;
            }
            for (const auto value : inputs)
                if (value.valid() && !m_editor.graph().contains(value))
                    return bad("a removed value is in use");
            ir::NodeList origins;
            // Source nodes may lie in an earlier graph of the family, beyond this table.
            for (const auto& origin : item.at("origins")) origins.push_back({origin.get<uint32_t>()});
            const auto op = textFromJson(item.at("op")), name = textFromJson(item.at("name"));
            const auto domain = textFromJson(item.at("domain")), overload = textFromJson(item.at("overload"));
            const auto node = m_editor.addNode({.op = op,
                                                .inputs = std::move(inputs),
                                                .attributes = std::move(*attributes),
                                                .name = name,
                                                .domain = domain,
                                                .outputCount = 0,
                                                .origins = std::move(origins),
                                                .subgraph = subgraph,
                                                .overload = overload});
            m_editor.setOutputs(node, outputs);
            m_editor.setDoc(node, textFromJson(item.at("doc")));
        }
        return {};
    }

    base::Status readFunctions() {
        for (const auto& item : m_json.at("functions")) {
            ir::Function function;
            function.domain = textFromJson(item.at("domain"));
            function.name = textFromJson(item.at("name"));
            function.overload = textFromJson(item.at("overload"));
            function.doc = textFromJson(item.at("doc"));
            for (const auto& name : item.at("requiredAttributes"))
                function.requiredAttributes.push_back(textFromJson(name));
            auto defaults = attributesFromJson(item.at("defaultAttributes"), m_subgraphs, m_find);
            if (!defaults) return defaults.error();
            function.defaultAttributes = std::move(*defaults);
            function.opsets = item.at("opsets").get<std::map<std::string, int64_t>>();
            function.body = id<ir::SubgraphId>(item.at("body"), m_subgraphs, false);
            if (m_error) return *m_error;
            m_editor.addFunction(std::move(function));
        }
        return {};
    }

    const Json& m_json;
    const FindTensor& m_find;
    ir::Editor m_editor;
    uint32_t m_subgraphs = 0, m_nodes = 0, m_values = 0;
    std::vector<ir::SubgraphId> m_dead;  // bodies of removed nodes
    std::optional<base::Error> m_error;
};

base::Result<Json> nodeToJson(const ir::Graph& graph, ir::NodeId id, const StoreTensor& store) {
    const auto& data = graph.nodeData(id);
    auto attributes = attributesToJson(graph.node(id).attributes(), store);
    if (!attributes) return attributes.error();
    return Json{{"graph", data.subgraph.index},
                {"domain", textToJson(graph.text(data.domain))},
                {"op", textToJson(graph.text(data.op))},
                {"name", textToJson(graph.text(data.name))},
                {"overload", textToJson(graph.text(data.overload))},
                {"inputs", idsToJson(data.inputs)},
                {"outputs", idsToJson(data.outputs)},
                {"attributes", std::move(*attributes)},
                {"origins", data.origins ? idsToJson(*data.origins) : Json::array()},
                {"doc", data.doc ? textToJson(*data.doc) : Json("")}};
}

}  // namespace

base::Result<Json> graphToJson(const ir::Graph& graph, const StoreTensor& store) {
    auto nodes = Json::array(), values = Json::array(), subgraphs = Json::array(), functions = Json::array();
    for (uint32_t i = 0; i < graph.valueLimit(); ++i) {
        if (!graph.contains(ir::ValueId{i})) {
            values.push_back(nullptr);
            continue;
        }
        const auto& data = graph.valueData({i});
        Json item = {{"graph", data.subgraph.index}, {"name", textToJson(graph.text(data.name))}};
        if (data.type) item["type"] = typeToJson(*data.type);
        if (data.constant) {
            auto stored = store(*data.constant);
            if (!stored) return stored.error();
            item["constant"] = std::move(*stored);
        }
        values.push_back(std::move(item));
    }
    for (uint32_t i = 0; i < graph.nodeLimit(); ++i) {
        if (!graph.contains(ir::NodeId{i})) {
            nodes.push_back(nullptr);
            continue;
        }
        auto node = nodeToJson(graph, {i}, store);
        if (!node) return node.error();
        nodes.push_back(std::move(*node));
    }
    for (uint32_t i = 0; i < graph.subgraphLimit(); ++i) {
        const auto& data = graph.subgraph({i});
        subgraphs.push_back({{"name", textToJson(graph.text(data.name))},
                             {"doc", textToJson(data.doc)},
                             {"inputs", idsToJson(data.inputs)},
                             {"outputs", idsToJson(data.outputs)},
                             {"alive", data.alive}});
    }
    for (const auto& function : graph.functions()) {
        auto defaults = attributesToJson(function.defaultAttributes, store);
        if (!defaults) return defaults.error();
        auto required = Json::array();
        for (const auto& name : function.requiredAttributes) required.push_back(textToJson(name));
        functions.push_back({{"domain", textToJson(function.domain)},
                             {"name", textToJson(function.name)},
                             {"overload", textToJson(function.overload)},
                             {"doc", textToJson(function.doc)},
                             {"requiredAttributes", std::move(required)},
                             {"defaultAttributes", std::move(*defaults)},
                             {"opsets", function.opsets},
                             {"body", function.body.index}});
    }
    return Json{
        {"version", kVersion},       {"info", infoToJson(graph.info())}, {"subgraphs", std::move(subgraphs)},
        {"nodes", std::move(nodes)}, {"values", std::move(values)},      {"functions", std::move(functions)}};
}

base::Result<ir::GraphPtr> graphFromJson(const Json& json, const FindTensor& find) {
    try {
        const auto version = json.at("version").get<int64_t>();
        if (version != kVersion)
            return base::Error::badInput(
                fmt::format("The stored graph has version {}; this program reads {}.", version, kVersion));
        return GraphReader(json, find).read();
    } catch (const Json::exception& error) {
        return base::Error::badInput(fmt::format("The stored graph is damaged: {}.", error.what()));
    }
}

}  // namespace lathe::project
