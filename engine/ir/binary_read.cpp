// Reading the binary form. The first thing that does not fit is remembered and everything read after it is
// zero, so that loops end; counts are held against the bytes that are left before anything is allocated.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "engine/ir/binary.h"
#include "engine/ir/editor.h"
#include "engine/ir/verify.h"

namespace lathe::ir {
namespace {

using base::Error;

class Reader {
  public:
    Reader(std::span<const std::byte> bytes, const FindTensor& find) : m_bytes(bytes), m_find(find) {}
    base::Result<GraphPtr> run();

  private:
    void fail(std::string_view what) {
        if (!m_error) m_error = Error::badInput(fmt::format("Saved graph, offset {}: {}.", m_at, what));
    }
    bool good() const { return !m_error; }
    template <typename T>
    T raw(std::string_view field) {
        if (m_end - m_at < sizeof(T)) fail(fmt::format("the bytes end in {}", field));
        if (!good()) return T{};
        std::array<std::byte, sizeof(T)> bytes;
        std::memcpy(bytes.data(), m_bytes.data() + m_at, sizeof(T));
        m_at += sizeof(T);
        return std::bit_cast<T>(bytes);
    }
    // A count of things that take at least `least` bytes each.
    uint32_t count(std::string_view field, size_t least) {
        const auto value = raw<uint32_t>(field);
        if (value > (m_end - m_at) / least)
            fail(fmt::format("{} {} do not fit into the bytes", value, field));
        return good() ? value : 0;
    }
    std::string text(std::string_view field) {
        const auto index = raw<uint32_t>(field);
        if (good() && index >= m_texts.size())
            fail(fmt::format("{} names a text that does not exist", field));
        return good() ? std::string(m_texts[index]) : std::string();
    }
    template <typename IdType>
    IdType id(std::string_view field, size_t limit) {
        const IdType value{raw<uint32_t>(field)};
        if (value.valid() && value.index >= limit) fail(fmt::format("{} is out of range", field));
        return good() ? value : IdType{};
    }
    template <typename IdType>
    std::vector<IdType> ids(std::string_view field, size_t limit) {
        std::vector<IdType> list(count(field, 4));
        for (auto& item : list) item = id<IdType>(field, limit);
        return list;
    }
    std::map<std::string, int64_t> opsets() {
        std::map<std::string, int64_t> list;
        for (auto left = count("opsets", 12); left > 0 && good(); --left) {
            auto domain = text("an opset");
            list[std::move(domain)] = raw<int64_t>("an opset");
        }
        return list;
    }

    Properties properties() {
        Properties list;
        for (auto left = count("properties", 8); left > 0 && good(); --left) {
            auto key = text("a property");
            list.emplace_back(std::move(key), text("a property"));
        }
        return list;
    }

    void read(int64_t& value) { value = raw<int64_t>("a number"); }
    void read(float& value) { value = raw<float>("a number"); }
    void read(std::string& value) { value = text("a text"); }
    void read(tensor::Tensor& tensor);
    void read(SparseTensor& sparse) {
        read(sparse.values);
        read(sparse.indices);
        for (auto left = count("dimensions", 8); left > 0; --left)
            sparse.shape.push_back(raw<int64_t>("a dimension"));
    }
    void read(SubgraphId& value) {
        value = id<SubgraphId>("a body", m_subgraphs.size());
        if (!value) fail("an attribute names no body");
    }
    void read(ValueType& type) {
        auto parsed = parseType(text("a type"));
        if (!parsed) fail("a type cannot be read");
        if (parsed) type = std::move(*parsed);
    }
    void read(AttributeReference& reference) {
        reference.name = text("a reference");
        reference.onnxType = static_cast<int>(raw<uint32_t>("a reference") & 0xff);
    }
    template <typename T>
    void read(std::vector<T>& list) {
        for (auto left = count("items", 4); left > 0 && good(); --left) read(list.emplace_back());
    }
    template <size_t... Kinds>
    Attribute attribute(size_t kind, std::index_sequence<Kinds...>) {
        Attribute result;
        (void)((Kinds == kind && (read(result.emplace<Kinds>()), true)) || ...);
        return result;
    }
    Attributes attributes();
    void header();
    void model();
    void subgraphs();
    void values();
    void nodes();
    void functions();

    struct Interface {
        bool alive = true;
        std::vector<ValueId> inputs, outputs;
    };

    std::span<const std::byte> m_bytes;
    const FindTensor& m_find;
    size_t m_at = 0;
    size_t m_end = 0;  // of the part being read
    std::optional<Error> m_error;
    std::vector<std::string_view> m_texts;
    std::vector<Interface> m_subgraphs;
    Editor m_editor;
};

void Reader::header() {
    m_end = m_bytes.size();
    if (m_bytes.size() < 32 || std::memcmp(m_bytes.data(), "LATHEIR\0", 8) != 0)
        return fail("this is no saved graph");
    m_at = 8;
    if (const auto version = raw<uint32_t>("the version"); version != kBinaryVersion)
        return fail(
            fmt::format("form {} is not known here; this program reads form {}", version, kBinaryVersion));
    raw<uint32_t>("the header");
    const auto offset = raw<uint64_t>("the offset of the texts");
    const auto texts = raw<uint64_t>("the count of the texts");
    if (offset < 32 || offset > m_bytes.size() || texts > (m_bytes.size() - offset) / 4)
        return fail("the texts lie outside the bytes");
    m_at = static_cast<size_t>(offset);
    m_texts.reserve(static_cast<size_t>(texts));
    for (uint64_t i = 0; i < texts && good(); ++i) {
        const auto length = count("letters of a text", 1);
        // Letters are bytes; looking at bytes as char is always allowed.
        m_texts.emplace_back(reinterpret_cast<const char*>(m_bytes.data() + m_at), length);
        m_at += length;
    }
    if (good() && m_at != m_end) fail("something lies behind the texts");
    m_at = 32;
    m_end = static_cast<size_t>(offset);
}

void Reader::read(tensor::Tensor& tensor) {
    const auto type = static_cast<tensor::DataType>(raw<uint8_t>("a tensor's type"));
    tensor::Shape shape;
    for (auto left = count("dimensions", 8); left > 0; --left) shape.push_back(raw<int64_t>("a dimension"));
    const auto kind = raw<uint8_t>("a tensor's place");
    if (!good()) return;
    const bool isText = type == tensor::DataType::string;
    const auto elements = tensor::checkedElementCount(shape);
    if (static_cast<int>(type) <= 0 || static_cast<int>(type) >= tensor::kDataTypeCount || !elements)
        return fail("a tensor has no sane type and shape");
    if (kind == 1 && !isText) {
        const auto key = text("a tensor's key");
        if (!good()) return;
        if (!m_find) return fail(fmt::format("tensor {} lies elsewhere and cannot be looked up", key));
        auto found = m_find(key, type, shape);
        if (!found) {
            m_error = found.error().inside(fmt::format("Saved graph, offset {}", m_at));
            return;
        }
        if (found->type() != type || !(found->shape() == shape))
            return fail(fmt::format("tensor {} is {}, expected {}", key,
                                    tensor::toString(found->type(), found->shape()),
                                    tensor::toString(type, shape)));
        tensor = std::move(*found);
        return;
    }
    if (kind != 0) return fail("a tensor lies nowhere");
    const auto size = isText && *elements <= INT64_MAX / 4
                          ? static_cast<uint64_t>(*elements) * 4
                          : tensor::checkedByteSize(type, shape).value_or(UINT64_MAX);
    if (size > m_end - m_at)
        return fail(fmt::format("tensor {} is larger than the bytes", tensor::toString(type, shape)));
    tensor = tensor::Tensor::zeros(type, shape);
    if (isText) {
        for (auto& item : tensor.mutableValues<std::string>()) item = text("a tensor's text");
        return;
    }
    std::copy_n(m_bytes.data() + m_at, size, tensor.mutableBytes().data());
    m_at += static_cast<size_t>(size);
}

Attributes Reader::attributes() {
    Attributes result;
    for (auto left = count("attributes", 9); left > 0 && good(); --left) {
        auto name = text("an attribute's name");
        const auto kind = raw<uint8_t>("an attribute's kind");
        constexpr auto kKinds = std::variant_size_v<Attribute>;
        if (kind >= kKinds) fail(fmt::format("attribute {} has an unknown kind", name));
        if (good()) result.set(std::move(name), attribute(kind, std::make_index_sequence<kKinds>()));
    }
    return result;
}

void Reader::model() {
    auto& info = m_editor.info();
    for (auto* field : {&info.producerName, &info.producerVersion, &info.domain, &info.doc, &info.sourcePath})
        read(*field);
    for (auto* field : {&info.modelVersion, &info.irVersion, &info.sourceNodeCount}) read(*field);
    info.opsets = opsets();
    info.fileOpsets = opsets();
    info.properties = properties();
    read(info.dataPaths);
}

void Reader::subgraphs() {
    m_subgraphs.resize(count("sub-graphs", 21));
    if (m_subgraphs.empty()) fail("there is no main graph");
    for (uint32_t s = 0; s < m_subgraphs.size() && good(); ++s) {
        auto& data = m_subgraphs[s];
        data.alive = raw<uint8_t>("a sub-graph") != 0;
        const auto name = text("a sub-graph's name");
        if (s > 0) m_editor.addSubgraph(name);
        m_editor.setSubgraphName({s}, name, text("a sub-graph's text"));
        m_editor.setProperties(SubgraphId{s}, properties());
        // The values come later in the bytes; they are checked before the lists are used.
        data.inputs = ids<ValueId>("a sub-graph's inputs", UINT32_MAX);
        data.outputs = ids<ValueId>("a sub-graph's outputs", UINT32_MAX);
    }
    if (good() && !m_subgraphs[0].alive) fail("the main graph is removed");
}

void Reader::values() {
    for (auto left = count("values", 17); left > 0 && good(); --left) {
        const auto name = text("a value's name");
        const auto home = id<SubgraphId>("a value's sub-graph", m_subgraphs.size());
        ValueType type;
        read(type);
        const auto value = m_editor.addValue(name, type, home ? home : kMain);
        if (raw<uint8_t>("a value's constant") != 0) {
            tensor::Tensor constant;
            read(constant);
            if (!good()) return;
            m_editor.setConstant(value, std::move(constant));
            m_editor.setType(value, std::move(type));
        }
        m_editor.setProperties(value, properties());
        if (!home) m_editor.removeValue(value);
    }
    const auto& graph = m_editor.graph();
    for (const auto& data : m_subgraphs)
        for (const auto* list : {&data.inputs, &data.outputs})
            for (const auto value : *list)
                if (good() && !graph.contains(value)) fail("a sub-graph lists a value that does not exist");
    for (uint32_t s = 0; s < m_subgraphs.size() && good(); ++s) {
        m_editor.setGraphInputs({s}, m_subgraphs[s].inputs);
        m_editor.setGraphOutputs({s}, m_subgraphs[s].outputs);
        if (!m_subgraphs[s].alive) m_editor.removeSubgraph({s});
    }
}

void Reader::nodes() {
    const auto total = count("nodes", 20);
    const auto& graph = m_editor.graph();
    for (uint32_t n = 0; n < total && good(); ++n) {
        const auto domain = text("a node's domain"), op = text("a node's operator");
        const auto name = text("a node's name"), overload = text("a node's overload");
        const auto home = id<SubgraphId>("a node's sub-graph", m_subgraphs.size());
        NewNode spec{.op = op,
                     .inputs = {},
                     .name = name,
                     .domain = domain,
                     .outputCount = 0,
                     .subgraph = home ? home : kMain,
                     .overload = overload};
        if (!home) {
            m_editor.removeNode(m_editor.addNode(spec));
            continue;
        }
        spec.inputs = ids<ValueId>("a node's inputs", graph.valueLimit());
        const auto outputs = ids<ValueId>("a node's outputs", graph.valueLimit());
        spec.attributes = attributes();
        spec.origins = ids<NodeId>("a node's origins", UINT32_MAX);
        auto doc = text("a node's text");
        auto kept = properties();
        for (const auto output : outputs)
            if (output && (!graph.contains(output) || graph.valueData(output).producer))
                fail("a node's output does not exist or has another node");
        if (!good()) return;
        const auto node = m_editor.addNode(spec);
        m_editor.setOutputs(node, outputs);
        m_editor.setDoc(node, std::move(doc));
        m_editor.setProperties(node, std::move(kept));
    }
}

void Reader::functions() {
    for (auto left = count("functions", 36); left > 0 && good(); --left) {
        Function function;
        for (auto* field : {&function.domain, &function.name, &function.overload, &function.doc})
            read(*field);
        read(function.requiredAttributes);
        function.defaultAttributes = attributes();
        function.opsets = opsets();
        function.properties = properties();
        read(function.body);
        if (good()) m_editor.addFunction(std::move(function));
    }
}

base::Result<GraphPtr> Reader::run() {
    for (const auto part : {&Reader::header, &Reader::model, &Reader::subgraphs, &Reader::values,
                            &Reader::nodes, &Reader::functions}) {
        (this->*part)();
        if (m_error) return *m_error;
    }
    if (m_at != m_end) {
        fail("something lies behind the functions");
        return *m_error;
    }
    auto graph = m_editor.finish();
    if (auto s = verify(*graph); !s) return s.error().inside("Saved graph");
    return graph;
}

}  // namespace

base::Result<GraphPtr> readBinary(std::span<const std::byte> bytes, const FindTensor& find) {
    return Reader(bytes, find).run();
}

}  // namespace lathe::ir
