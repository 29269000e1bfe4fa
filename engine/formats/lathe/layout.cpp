// Lays a graph out: the FlatBuffer from the leaves to the root, the weights in the order they are met.
#include "engine/formats/lathe/layout.h"

#include <fmt/format.h>

#include <map>
#include <unordered_map>

#include "engine/formats/lathe/header.h"
#include "engine/formats/lathe/limits.h"
#include "engine/ir/verify.h"
#include "lathe_generated.h"

namespace lathe::formats::flat {
namespace {

using flatbuffers::Offset;
using flatbuffers::Vector;
template <typename T>
using List = Offset<Vector<T>>;
template <typename T>
using Tables = Offset<Vector<Offset<T>>>;

// The parts of an attribute, one or two of which are there.
struct AttributeParts {
    List<int64_t> integers;
    List<float> reals;
    List<uint32_t> texts;
    Tables<schema::Tensor> tensors;
    Tables<schema::SparseTensor> sparses;
    List<uint32_t> bodies;
    List<uint32_t> types;
    uint8_t onnxType = 0;
};

class Writer {
  public:
    explicit Writer(const ir::Graph& graph) : m_graph(graph) {}
    base::Result<Layout> run();

  private:
    // Whether so many bytes more can be written; once they cannot, nothing more is.
    bool fits(size_t bytes) {
        constexpr size_t kTable = 128;  // what the fields of the largest table take
        m_bytes += bytes + kTable;
        return m_bytes <= kLargestGraph;
    }
    template <typename T, typename Items>
    List<T> numbers(const Items& items) {
        return items.empty() || !fits(items.size() * sizeof(T))
                   ? List<T>()
                   : m_builder.CreateVector<T>(items.data(), items.size());
    }
    template <typename T>
    Tables<T> tables(const std::vector<Offset<T>>& items) {
        return items.empty() || !fits(items.size() * 4) ? Tables<T>() : m_builder.CreateVector(items);
    }
    template <typename Ids>
    List<uint32_t> ids(const Ids& items) {
        m_numbers.clear();
        for (const auto id : items) m_numbers.push_back(id.index);
        return numbers<uint32_t>(m_numbers);
    }
    List<uint32_t> texts(std::span<const std::string> items) {
        m_numbers.clear();
        for (const auto& item : items) m_numbers.push_back(text(item));
        return numbers<uint32_t>(m_numbers);
    }

    uint32_t text(std::string_view value);
    uint32_t type(const ir::ValueType& type);
    Offset<Vector<const schema::Property*>> properties(const ir::Properties& list);
    Offset<Vector<const schema::Opset*>> opsets(const std::map<std::string, int64_t>& list);
    uint64_t place(const tensor::Tensor& tensor);
    Offset<schema::Tensor> tensor(const tensor::Tensor& tensor);

    void put(AttributeParts& parts, std::span<const int64_t> items) {
        parts.integers = numbers<int64_t>(items);
    }
    void put(AttributeParts& parts, std::span<const float> items) { parts.reals = numbers<float>(items); }
    void put(AttributeParts& parts, std::span<const std::string> items) { parts.texts = texts(items); }
    void put(AttributeParts& parts, std::span<const tensor::Tensor> items);
    void put(AttributeParts& parts, std::span<const ir::SparseTensor> items);
    void put(AttributeParts& parts, std::span<const ir::SubgraphId> items) { parts.bodies = ids(items); }
    void put(AttributeParts& parts, std::span<const ir::ValueType> items);
    void put(AttributeParts& parts, const ir::AttributeReference& reference) {
        put(parts, std::span(&reference.name, 1));
        parts.onnxType = static_cast<uint8_t>(reference.onnxType);
    }
    template <typename T>
    void put(AttributeParts& parts, const std::vector<T>& list) {
        put(parts, std::span<const T>(list));
    }
    template <typename T>
    void put(AttributeParts& parts, const T& one) {
        put(parts, std::span<const T>(&one, 1));
    }
    Tables<schema::Attribute> attributes(const ir::Attributes& list);

    Tables<schema::Subgraph> subgraphs();
    Tables<schema::Value> values();
    Tables<schema::Node> nodes();
    Tables<schema::Function> functions();
    Offset<schema::Model> model();

    const ir::Graph& m_graph;
    flatbuffers::FlatBufferBuilder m_builder;
    uint64_t m_bytes = 0;  // no fewer than the graph takes so far
    std::vector<uint32_t> m_numbers;
    std::vector<std::string> m_texts{""};
    std::unordered_map<std::string, uint32_t> m_sharedTexts{{"", 0}};
    std::vector<Offset<schema::Type>> m_types;
    std::unordered_map<std::string, uint32_t> m_sharedTypes;
    std::vector<Layout::Weights> m_weights;  // offsets from the start of the weights
    std::map<std::pair<const std::byte*, size_t>, uint64_t> m_places;
    uint64_t m_weightsSize = 0;
};

uint32_t Writer::text(std::string_view value) {
    const auto next = static_cast<uint32_t>(m_texts.size());
    if (value.size() <= kLongestSharedText) {
        const auto [known, isNew] = m_sharedTexts.try_emplace(std::string(value), next);
        if (!isNew) return known->second;
    }
    if (fits(value.size())) m_texts.emplace_back(value);
    return next;
}

uint32_t Writer::type(const ir::ValueType& type) {
    const auto dimensions = type.shape ? type.shape->size() : 0;
    std::string key;
    if (dimensions <= kMostSharedDimensions) {
        key = ir::toString(type);
        if (const auto known = m_sharedTypes.find(key); known != m_sharedTypes.end()) return known->second;
    }
    const uint32_t inner = type.inner ? this->type(*type.inner) : 0;
    List<int64_t> sizes;
    std::vector<uint32_t> expressions;
    if (type.shape) {
        std::vector<int64_t> list;
        for (const auto& dimension : *type.shape) {
            const auto size = dimension.constantOr(-1);
            list.push_back(size < 0 ? -1 : size);
            if (size >= 0) continue;
            expressions.resize(dimensions);
            const auto expression = dimension.toString();
            expressions[list.size() - 1] = text(expression.size() <= kLongestExpression ? expression : "?");
        }
        // A scalar has a list without items.
        if (fits(list.size() * 8)) sizes = m_builder.CreateVector(list);
    }
    const auto expressionList = numbers<uint32_t>(expressions);
    if (fits(0))
        m_types.push_back(schema::CreateType(m_builder, static_cast<schema::TypeKind>(type.kind),
                                             static_cast<schema::ElementType>(type.element), sizes,
                                             expressionList, inner));
    const auto index = static_cast<uint32_t>(m_types.size() - 1);
    if (dimensions <= kMostSharedDimensions) m_sharedTypes.emplace(std::move(key), index);
    return index;
}

Offset<Vector<const schema::Property*>> Writer::properties(const ir::Properties& list) {
    std::vector<schema::Property> items;
    items.reserve(list.size());
    for (const auto& [key, value] : list) {
        const auto keyText = text(key);
        items.emplace_back(keyText, text(value));
    }
    if (items.empty() || !fits(items.size() * sizeof(schema::Property))) return {};
    return m_builder.CreateVectorOfStructs(items);
}

Offset<Vector<const schema::Opset*>> Writer::opsets(const std::map<std::string, int64_t>& list) {
    std::vector<schema::Opset> items;
    items.reserve(list.size());
    for (const auto& [domain, version] : list) items.emplace_back(version, text(domain));
    if (items.empty() || !fits(items.size() * sizeof(schema::Opset))) return {};
    return m_builder.CreateVectorOfStructs(items);
}

uint64_t Writer::place(const tensor::Tensor& tensor) {
    const auto bytes = tensor.bytes();
    if (bytes.empty()) return 0;
    const auto [known, isNew] = m_places.try_emplace({bytes.data(), bytes.size()}, m_weightsSize);
    if (isNew) {
        m_weights.push_back({m_weightsSize, tensor});
        m_weightsSize = aligned(m_weightsSize + bytes.size());
    }
    return known->second;
}

Offset<schema::Tensor> Writer::tensor(const tensor::Tensor& tensor) {
    const bool isText = tensor.type() == tensor::DataType::string;
    const auto shape = numbers<int64_t>(tensor.shape());
    const auto items = isText ? texts(tensor.values<std::string>()) : List<uint32_t>();
    if (!fits(0)) return {};
    return schema::CreateTensor(m_builder, static_cast<schema::ElementType>(tensor.type()), shape,
                                isText ? 0 : place(tensor), isText ? 0 : tensor.bytes().size(), items);
}

void Writer::put(AttributeParts& parts, std::span<const tensor::Tensor> items) {
    std::vector<Offset<schema::Tensor>> list;
    for (const auto& item : items) list.push_back(tensor(item));
    parts.tensors = tables(list);
}

void Writer::put(AttributeParts& parts, std::span<const ir::SparseTensor> items) {
    std::vector<Offset<schema::SparseTensor>> list;
    for (const auto& item : items) {
        const auto values = tensor(item.values), indices = tensor(item.indices);
        const auto shape = numbers<int64_t>(item.shape);
        if (fits(0)) list.push_back(schema::CreateSparseTensor(m_builder, values, indices, shape));
    }
    parts.sparses = tables(list);
}

void Writer::put(AttributeParts& parts, std::span<const ir::ValueType> items) {
    std::vector<uint32_t> list;
    for (const auto& item : items) list.push_back(type(item));
    parts.types = numbers<uint32_t>(list);
}

Tables<schema::Attribute> Writer::attributes(const ir::Attributes& list) {
    static_assert(std::variant_size_v<ir::Attribute> == static_cast<size_t>(schema::AttributeKind::MAX) + 1);
    std::vector<Offset<schema::Attribute>> items;
    for (const auto& [name, value] : list) {
        AttributeParts parts;
        std::visit([&](const auto& content) { put(parts, content); }, value);
        const auto nameText = text(name);
        if (fits(0))
            items.push_back(schema::CreateAttribute(
                m_builder, nameText, static_cast<schema::AttributeKind>(value.index()), parts.integers,
                parts.reals, parts.texts, parts.tensors, parts.sparses, parts.bodies, parts.types,
                parts.onnxType));
    }
    return tables(items);
}

Tables<schema::Subgraph> Writer::subgraphs() {
    std::vector<Offset<schema::Subgraph>> items;
    for (uint32_t s = 0; s < m_graph.subgraphLimit() && fits(0); ++s) {
        const auto& data = m_graph.subgraph({s});
        const auto name = text(m_graph.text(data.name)), doc = text(data.doc);
        const auto inputs = ids(data.inputs), outputs = ids(data.outputs);
        items.push_back(schema::CreateSubgraph(m_builder, name, doc, !data.alive, inputs, outputs,
                                               properties(data.properties)));
    }
    return tables(items);
}

Tables<schema::Value> Writer::values() {
    std::vector<Offset<schema::Value>> items;
    for (uint32_t v = 0; v < m_graph.valueLimit() && fits(0); ++v) {
        const auto& data = m_graph.valueData({v});
        const auto name = text(m_graph.text(data.name));
        if (!data.subgraph) {
            items.push_back(schema::CreateValue(m_builder, name, true));
            continue;
        }
        const auto valueType = type(m_graph.value({v}).type());
        const auto constant = data.constant ? tensor(*data.constant) : Offset<schema::Tensor>();
        const auto kept = properties(data.properties ? *data.properties : ir::Properties());
        items.push_back(
            schema::CreateValue(m_builder, name, false, data.subgraph.index, valueType, constant, kept));
    }
    return tables(items);
}

Tables<schema::Node> Writer::nodes() {
    std::vector<Offset<schema::Node>> items;
    for (uint32_t n = 0; n < m_graph.nodeLimit() && fits(0); ++n) {
        const auto& data = m_graph.nodeData({n});
        const auto domain = text(m_graph.text(data.domain)), op = text(m_graph.text(data.op));
        const auto name = text(m_graph.text(data.name));
        if (!data.subgraph) {
            items.push_back(schema::CreateNode(m_builder, domain, op, name, 0, true));
            continue;
        }
        const auto overload = text(m_graph.text(data.overload));
        const auto inputs = ids(data.inputs), outputs = ids(data.outputs);
        const auto settings = attributes(m_graph.node({n}).attributes());
        const auto origins = ids(data.origins ? *data.origins : ir::NodeList());
        const auto doc = data.doc ? text(*data.doc) : 0;
        const auto kept = properties(data.properties ? *data.properties : ir::Properties());
        items.push_back(schema::CreateNode(m_builder, domain, op, name, overload, false, data.subgraph.index,
                                           inputs, outputs, settings, origins, doc, kept));
    }
    return tables(items);
}

Tables<schema::Function> Writer::functions() {
    std::vector<Offset<schema::Function>> items;
    for (const auto& function : m_graph.functions()) {
        const auto domain = text(function.domain), name = text(function.name);
        const auto overload = text(function.overload), doc = text(function.doc);
        const auto required = texts(function.requiredAttributes);
        const auto defaults = attributes(function.defaultAttributes);
        const auto versions = opsets(function.opsets);
        const auto kept = properties(function.properties);
        if (fits(0))
            items.push_back(schema::CreateFunction(m_builder, domain, name, overload, doc, required, defaults,
                                                   versions, kept, function.body.index));
    }
    return tables(items);
}

Offset<schema::Model> Writer::model() {
    type({});  // the first type is Unknown
    const auto& info = m_graph.info();
    const auto subgraphList = subgraphs();
    const auto valueList = values();
    const auto nodeList = nodes();
    const auto functionList = functions();
    const auto versions = opsets(info.opsets), fileVersions = opsets(info.fileOpsets);
    const auto kept = properties(info.properties);
    const auto producerName = text(info.producerName), producerVersion = text(info.producerVersion);
    const auto domain = text(info.domain), doc = text(info.doc);
    const auto types = tables(m_types);
    if (!fits(m_texts.size() * 16)) return {};
    const auto texts = m_builder.CreateVectorOfStrings(m_texts);
    return schema::CreateModel(m_builder, texts, types, subgraphList, valueList, nodeList, functionList,
                               versions, fileVersions, producerName, producerVersion, domain, doc,
                               info.modelVersion, info.irVersion, info.sourceNodeCount, kept);
}

base::Result<Layout> Writer::run() {
    if (auto status = ir::verify(m_graph); !status) return status.error();
    if (auto status = checkNesting(m_graph); !status) return status.error();
    const auto root = model();
    if (!fits(0))
        return base::Error{
            "the graph without its weights is larger than the 2 GB that a flat file can hold. Move large "
            "texts "
            "and lists of numbers into tensors."};
    schema::FinishModelBuffer(m_builder, root);
    const std::span graph(reinterpret_cast<const std::byte*>(m_builder.GetBufferPointer()),
                          m_builder.GetSize());
    const auto weightsOffset = aligned(kHeaderSize + graph.size());
    const auto header = pack({graph.size(), weightsOffset, m_weightsSize, checksum(graph)});
    Layout layout;
    layout.head.assign(reinterpret_cast<const char*>(header.data()), header.size());
    layout.head.append(reinterpret_cast<const char*>(graph.data()), graph.size());
    layout.weights = std::move(m_weights);
    for (auto& weights : layout.weights) weights.offset += weightsOffset;
    layout.size = weightsOffset + m_weightsSize;
    return layout;
}

}  // namespace

base::Result<Layout> layOut(const ir::Graph& graph) { return Writer(graph).run(); }

}  // namespace lathe::formats::flat
