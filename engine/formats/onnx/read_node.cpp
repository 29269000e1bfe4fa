// Nodes and their attributes. A Constant node becomes a constant of the graph.
#include <optional>

#include "engine/formats/onnx/messages.h"
#include "engine/formats/onnx/read_graph.h"
#include "engine/formats/onnx/read_tensor.h"
#include "engine/formats/onnx/read_type.h"

namespace lathe::formats::onnx {
namespace {

using ir::Attribute;

// The fields of an AttributeProto, before its type says which of them counts.
struct AttributeFields {
    std::string_view name, reference;
    int64_t type = kUndefinedAttribute;
    Field single[24] = {};  // the last field of each number
    std::vector<Field> floats, ints, strings, tensors, graphs, types, sparse;
    const std::byte* at = nullptr;
};

base::Result<AttributeFields> scanAttribute(Source& source, Bytes message) {
    AttributeFields result;
    result.at = message.data();
    Field field;
    FieldReader reader(kAttribute, message);
    while (reader.next(field)) {
        if (field.number < 24) result.single[field.number] = field;
        switch (field.number) {
            case 1:
                result.name = source.text(field.bytes);
                break;
            case 7:
                result.floats.push_back(field);
                break;
            case 8:
                result.ints.push_back(field);
                break;
            case 9:
                result.strings.push_back(field);
                break;
            case 10:
                result.tensors.push_back(field);
                break;
            case 11:
                result.graphs.push_back(field);
                break;
            case 15:
                result.types.push_back(field);
                break;
            case 20:
                result.type = field.integer();
                break;
            case 21:
                result.reference = source.text(field.bytes);
                break;
            case 23:
                result.sparse.push_back(field);
                break;
            default:
                break;
        }
    }
    if (reader.failed()) return source.error(reader);
    if (result.name.empty()) return source.error(result.at, "AttributeProto.name: an attribute has no name.");
    return result;
}

// Files of IR version 1 have no type; the field that is there tells.
int64_t guessType(const AttributeFields& fields) {
    constexpr std::pair<uint32_t, AttributeType> kSingles[] = {
        {2, kFloat},          {3, kInt},    {4, kString}, {5, kTensorAttribute}, {6, kGraphAttribute},
        {14, kTypeAttribute}, {22, kSparse}};
    for (const auto& [number, type] : kSingles)
        if (fields.single[number].at) return type;
    if (!fields.floats.empty()) return kFloats;
    if (!fields.ints.empty()) return kInts;
    if (!fields.strings.empty()) return kStrings;
    if (!fields.tensors.empty()) return kTensors;
    if (!fields.graphs.empty()) return kGraphs;
    if (!fields.types.empty()) return kTypes;
    return fields.sparse.empty() ? kUndefinedAttribute : kSparses;
}

base::Result<std::vector<float>> readFloats(const Source& source, const std::vector<Field>& pieces) {
    std::vector<float> result;
    for (const auto& piece : pieces) {
        if (piece.bytes.size() % 4 != 0)
            return source.error(piece.at, "AttributeProto.floats: a number is cut off. Get the file again.");
        for (size_t i = 0; i < piece.bytes.size(); i += 4) {
            float value = 0;
            std::copy_n(piece.bytes.data() + i, 4, std::as_writable_bytes(std::span(&value, 1)).data());
            result.push_back(value);
        }
    }
    return result;
}

base::Result<std::vector<int64_t>> readInts(const Source& source, const std::vector<Field>& pieces) {
    std::vector<int64_t> result;
    for (const auto& piece : pieces) {
        const auto* at = piece.bytes.data();
        const auto* end = at + piece.bytes.size();
        while (at != end) {
            uint64_t value = 0;
            if (!readVarint(at, end, value))
                return source.error(piece.at,
                                    "AttributeProto.ints: a number is cut off. Get the file again.");
            result.push_back(static_cast<int64_t>(value));
        }
    }
    return result;
}

// The tensor of a Constant node, or nothing when it has none that can be told now.
base::Result<std::optional<tensor::Tensor>> constantOf(const Source& source, const ir::Attributes& attributes,
                                                       const std::byte* at) {
    using Maybe = std::optional<tensor::Tensor>;
    for (const auto& [name, value] : attributes) {
        if (const auto* t = std::get_if<tensor::Tensor>(&value); t && name == "value") return Maybe(*t);
        if (const auto* f = std::get_if<float>(&value); f && name == "value_float")
            return Maybe(tensor::Tensor::scalar(*f));
        if (const auto* i = std::get_if<int64_t>(&value); i && name == "value_int")
            return Maybe(tensor::Tensor::scalar(*i));
        if (const auto* s = std::get_if<std::string>(&value); s && name == "value_string")
            return Maybe(tensor::Tensor::scalar(*s));
        if (const auto* f = std::get_if<std::vector<float>>(&value); f && name == "value_floats")
            return Maybe(tensor::Tensor::vector(std::span<const float>(*f)));
        if (const auto* i = std::get_if<std::vector<int64_t>>(&value); i && name == "value_ints")
            return Maybe(tensor::Tensor::vector(std::span<const int64_t>(*i)));
        if (const auto* s = std::get_if<std::vector<std::string>>(&value); s && name == "value_strings")
            return Maybe(tensor::Tensor::vector(std::span<const std::string>(*s)));
        if (const auto* sparse = std::get_if<ir::SparseTensor>(&value); sparse && name == "sparse_value") {
            auto full = dense(source, *sparse, at);
            if (!full) return full.error();
            return Maybe(std::move(*full));
        }
    }
    return Maybe();
}

}  // namespace

base::Result<ir::Attributes::Item> GraphReader::readAttribute(Bytes message, const Scope& scope) {
    auto scanned = scanAttribute(m_source, message);
    if (!scanned) return scanned.error();
    const auto& fields = *scanned;
    const std::string name(fields.name);
    const auto item = [&](Attribute value) { return ir::Attributes::Item{name, std::move(value)}; };
    const auto type = fields.type == kUndefinedAttribute ? guessType(fields) : fields.type;
    if (!fields.reference.empty()) {
        if (type < 0 || type > kTypes)
            return m_source.error(fields.at, "AttributeProto.type: \"{}\" has the unknown type {}.", name,
                                  type);
        return item(ir::AttributeReference{std::string(fields.reference), static_cast<int>(type)});
    }
    switch (type) {
        case kFloat:
            return item(fields.single[2].real());
        case kInt:
            return item(fields.single[3].integer());
        case kString:
            return item(rawText(fields.single[4].bytes));
        case kTensorAttribute: {
            auto read = readTensor(m_source, fields.single[5].at ? fields.single[5].bytes : message.first(0));
            if (!read) return read.error();
            return item(std::move(read->tensor));
        }
        case kGraphAttribute: {
            auto body = readBody(fields.single[6].at ? fields.single[6].bytes : message.first(0), scope);
            if (!body) return body.error();
            return item(*body);
        }
        case kFloats: {
            auto values = readFloats(m_source, fields.floats);
            if (!values) return values.error();
            return item(std::move(*values));
        }
        case kInts: {
            auto values = readInts(m_source, fields.ints);
            if (!values) return values.error();
            return item(std::move(*values));
        }
        case kStrings: {
            std::vector<std::string> values;
            for (const auto& piece : fields.strings) values.push_back(rawText(piece.bytes));
            return item(std::move(values));
        }
        case kTensors: {
            std::vector<tensor::Tensor> values;
            for (const auto& piece : fields.tensors) {
                auto read = readTensor(m_source, piece.bytes);
                if (!read) return read.error();
                values.push_back(std::move(read->tensor));
            }
            return item(std::move(values));
        }
        case kGraphs: {
            std::vector<ir::SubgraphId> values;
            for (const auto& piece : fields.graphs) {
                auto body = readBody(piece.bytes, scope);
                if (!body) return body.error();
                values.push_back(*body);
            }
            return item(std::move(values));
        }
        case kSparse: {
            auto read =
                readSparseTensor(m_source, fields.single[22].at ? fields.single[22].bytes : message.first(0));
            if (!read) return read.error();
            return item(std::move(read->tensor));
        }
        case kSparses: {
            std::vector<ir::SparseTensor> values;
            for (const auto& piece : fields.sparse) {
                auto read = readSparseTensor(m_source, piece.bytes);
                if (!read) return read.error();
                values.push_back(std::move(read->tensor));
            }
            return item(std::move(values));
        }
        case kTypeAttribute: {
            auto read = readType(m_source, fields.single[14].at ? fields.single[14].bytes : message.first(0));
            if (!read) return read.error();
            return item(std::move(*read));
        }
        case kTypes: {
            std::vector<ir::ValueType> values;
            for (const auto& piece : fields.types) {
                auto read = readType(m_source, piece.bytes);
                if (!read) return read.error();
                values.push_back(std::move(*read));
            }
            return item(std::move(values));
        }
        default:
            return m_source.error(fields.at, "AttributeProto.type: \"{}\" has the unknown type {}.", name,
                                  type);
    }
}

base::Status GraphReader::readNode(Bytes message, Scope& scope) {
    ir::NewNode node;
    node.outputCount = 0;
    node.subgraph = scope.id;
    std::vector<ir::ValueId> outputs;
    std::vector<Bytes> attributes;
    std::string_view doc;
    ir::Properties properties;
    const auto index = m_nodeCount++;
    std::vector<Field> inputs;
    Field field;
    FieldReader reader(kNode, message);
    while (reader.next(field)) {
        switch (field.number) {
            case 1:
                inputs.push_back(field);
                break;
            case 2:
                outputs.push_back(field.bytes.empty() ? ir::ValueId{}
                                                      : scope.values.at(m_source.text(field.bytes)));
                break;
            case 3:
                node.name = m_source.text(field.bytes);
                break;
            case 4:
                node.op = m_source.text(field.bytes);
                break;
            case 5:
                attributes.push_back(field.bytes);
                break;
            case 6:
                doc = m_source.text(field.bytes);
                break;
            case 7:
                node.domain = normalDomain(m_source.text(field.bytes));
                break;
            case 8:
                node.overload = m_source.text(field.bytes);
                break;
            case 9: {
                auto entry = readEntry(m_source, field.bytes);
                if (!entry) return entry.error();
                properties.push_back(std::move(*entry));
                break;
            }
            case 10:
                ++m_configuredCount;
                break;
            default:
                break;
        }
    }
    if (reader.failed()) return m_source.error(reader);
    const auto* at = message.data();
    const auto label = [&] { return fmt::format("node {} ({} \"{}\")", index, node.op, node.name); };
    if (node.op.empty()) return m_source.error(at, "NodeProto.op_type: node {} has no operator.", index);
    for (const auto& input : inputs) {
        const auto name = m_source.text(input.bytes);
        const auto id = name.empty() ? ir::ValueId{} : find(name, scope);
        if (!name.empty() && !id)
            return m_source.error(input.at,
                                  "NodeProto.input: {} reads \"{}\", which nothing in the file makes.",
                                  label(), name);
        node.inputs.push_back(id);
    }
    while (!node.inputs.empty() && !node.inputs.back()) node.inputs.pop_back();
    while (!outputs.empty() && !outputs.back()) outputs.pop_back();
    for (const auto attribute : attributes) {
        auto item = readAttribute(attribute, scope);
        if (!item) return item.error();
        if (node.attributes.has(item->first))
            return m_source.error(attribute.data(), "AttributeProto.name: {} has two attributes \"{}\".",
                                  label(), item->first);
        node.attributes.set(std::move(item->first), std::move(item->second));
    }
    if (node.op == "Constant" && node.domain.empty() && outputs.size() == 1 && inputs.empty()) {
        auto constant = constantOf(m_source, node.attributes, at);
        if (!constant) return constant.error();
        if (*constant) {
            m_editor.setConstant(outputs[0], std::move(**constant));
            return {};
        }
    }
    const auto id = m_editor.addNode(node);
    m_editor.setOutputs(id, outputs);
    if (!doc.empty()) m_editor.setDoc(id, std::string(doc));
    if (!properties.empty()) m_editor.setProperties(id, std::move(properties));
    return {};
}

}  // namespace lathe::formats::onnx
