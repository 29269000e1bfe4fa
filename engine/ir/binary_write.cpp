// Writing the binary form.
#include <bit>
#include <unordered_map>

#include "engine/ir/binary.h"

namespace lathe::ir {
namespace {

static_assert(std::endian::native == std::endian::little, "the binary form is written as it lies in memory");

class Writer {
  public:
    Writer(const Graph& graph, const BinaryOptions& options) : m_graph(graph), m_options(options) {}
    std::string run();

  private:
    template <typename T>
    void raw(T value) {
        const auto bytes = std::bit_cast<std::array<char, sizeof(T)>>(value);
        m_out.append(bytes.data(), bytes.size());
    }
    void number(uint32_t value) { raw(value); }
    void count(size_t value) { raw(static_cast<uint32_t>(value)); }
    void text(std::string_view value) {
        const auto [it, isNew] =
            m_texts.try_emplace(std::string(value), static_cast<uint32_t>(m_texts.size()));
        if (isNew) m_order.push_back(&it->first);
        number(it->second);
    }
    template <typename Tag>
    void id(Id<Tag> value) {
        number(value.index);
    }
    template <typename Ids>
    void ids(const Ids& list) {
        count(list.size());
        for (const auto value : list) id(value);
    }
    void opsets(const std::map<std::string, int64_t>& list) {
        count(list.size());
        for (const auto& [domain, version] : list) {
            text(domain);
            write(version);
        }
    }

    void write(int64_t value) { raw(value); }
    void write(float value) { raw(value); }
    void write(const std::string& value) { text(value); }
    void write(const tensor::Tensor& tensor);
    void write(const SparseTensor& sparse) {
        write(sparse.values);
        write(sparse.indices);
        count(sparse.shape.size());
        for (const auto dimension : sparse.shape) write(dimension);
    }
    void write(SubgraphId value) { id(value); }
    void write(const ValueType& type) { text(toString(type)); }
    void write(const AttributeReference& reference) {
        text(reference.name);
        number(static_cast<uint32_t>(reference.onnxType));
    }
    template <typename T>
    void write(const std::vector<T>& list) {
        count(list.size());
        for (const auto& item : list) write(item);
    }
    void properties(const Properties& list) {
        count(list.size());
        for (const auto& [key, value] : list) {
            text(key);
            text(value);
        }
    }
    void attributes(const Attributes& list);
    void model();
    void subgraphs();
    void values();
    void nodes();
    void functions();

    const Graph& m_graph;
    const BinaryOptions& m_options;
    std::string m_out;
    std::unordered_map<std::string, uint32_t> m_texts;
    std::vector<const std::string*> m_order;
};

void Writer::write(const tensor::Tensor& tensor) {
    raw(static_cast<uint8_t>(tensor.type()));
    count(tensor.shape().size());
    for (const auto dimension : tensor.shape()) write(dimension);
    if (tensor.type() == tensor::DataType::string) {
        raw(uint8_t{0});
        for (const auto& item : tensor.values<std::string>()) text(item);
    } else if (m_options.keep && tensor.bytes().size() > m_options.largestInline) {
        raw(uint8_t{1});
        text(m_options.keep(tensor));
    } else {
        raw(uint8_t{0});
        for (const auto byte : tensor.bytes()) m_out += static_cast<char>(byte);
    }
}

void Writer::attributes(const Attributes& list) {
    count(list.size());
    for (const auto& [name, value] : list) {
        text(name);
        raw(static_cast<uint8_t>(value.index()));
        std::visit([this](const auto& content) { write(content); }, value);
    }
}

void Writer::model() {
    const auto& info = m_graph.info();
    for (const auto* field :
         {&info.producerName, &info.producerVersion, &info.domain, &info.doc, &info.sourcePath})
        text(*field);
    for (const auto field : {info.modelVersion, info.irVersion, info.sourceNodeCount}) write(field);
    opsets(info.opsets);
    opsets(info.fileOpsets);
    properties(info.properties);
    write(info.dataPaths);
}

void Writer::subgraphs() {
    count(m_graph.subgraphLimit());
    for (uint32_t s = 0; s < m_graph.subgraphLimit(); ++s) {
        const auto& data = m_graph.subgraph({s});
        raw(static_cast<uint8_t>(data.alive));
        text(m_graph.text(data.name));
        text(data.doc);
        properties(data.properties);
        ids(data.inputs);
        ids(data.outputs);
    }
}

void Writer::values() {
    count(m_graph.valueLimit());
    for (uint32_t v = 0; v < m_graph.valueLimit(); ++v) {
        const auto& data = m_graph.valueData({v});
        text(m_graph.text(data.name));
        id(data.subgraph);
        write(m_graph.value({v}).type());
        raw(static_cast<uint8_t>(data.constant != nullptr));
        if (data.constant) write(*data.constant);
        properties(data.properties ? *data.properties : Properties());
    }
}

void Writer::nodes() {
    count(m_graph.nodeLimit());
    for (uint32_t n = 0; n < m_graph.nodeLimit(); ++n) {
        const auto& data = m_graph.nodeData({n});
        for (const auto name : {data.domain, data.op, data.name, data.overload}) text(m_graph.text(name));
        id(data.subgraph);
        if (!data.subgraph) continue;
        ids(data.inputs);
        ids(data.outputs);
        attributes(m_graph.node({n}).attributes());
        ids(data.origins ? *data.origins : NodeList());
        text(data.doc ? *data.doc : std::string());
        properties(data.properties ? *data.properties : Properties());
    }
}

void Writer::functions() {
    count(m_graph.functions().size());
    for (const auto& function : m_graph.functions()) {
        for (const auto* field : {&function.domain, &function.name, &function.overload, &function.doc})
            text(*field);
        write(function.requiredAttributes);
        attributes(function.defaultAttributes);
        opsets(function.opsets);
        properties(function.properties);
        id(function.body);
    }
}

std::string Writer::run() {
    m_out.assign("LATHEIR\0", 8);
    number(kBinaryVersion);
    number(0);
    raw(uint64_t{0});
    raw(uint64_t{0});
    model();
    subgraphs();
    values();
    nodes();
    functions();
    const auto header = std::array<uint64_t, 2>{m_out.size(), m_order.size()};
    std::copy_n(std::bit_cast<std::array<char, 16>>(header).data(), 16, m_out.begin() + 16);
    for (const auto* item : m_order) {
        count(item->size());
        m_out += *item;
    }
    return std::move(m_out);
}

}  // namespace

std::string writeBinary(const Graph& graph, const BinaryOptions& options) {
    return Writer(graph, options).run();
}

}  // namespace lathe::ir
