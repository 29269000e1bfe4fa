#include "engine/formats/onnx/read_graph.h"

#include <algorithm>

#include "engine/formats/onnx/messages.h"
#include "engine/formats/onnx/read_tensor.h"
#include "engine/formats/onnx/read_type.h"

namespace lathe::formats::onnx {
namespace {

constexpr int kDeepestBody = 64;

struct ValueInfo {
    std::string_view name;
    ir::ValueType type;
    const std::byte* at;
    ir::Properties properties = {};
};

base::Result<ValueInfo> readValueInfo(Source& source, Bytes message) {
    ValueInfo info{{}, {}, message.data()};
    Field field;
    FieldReader reader(kValueInfo, message);
    while (reader.next(field)) {
        if (field.number == 1) {
            info.name = source.text(field.bytes);
            continue;
        }
        if (field.number == 4) {
            auto entry = readEntry(source, field.bytes);
            if (!entry) return entry.error();
            info.properties.push_back(std::move(*entry));
            continue;
        }
        auto type = readType(source, field.bytes);
        if (!type) return type.error();
        info.type = std::move(*type);
    }
    if (reader.failed()) return source.error(reader);
    return info;
}

// The names of an initializer and of an input, without reading the rest.
std::string_view tensorName(Source& source, Bytes message) {
    Field field;
    for (FieldReader reader(kTensor, message); reader.next(field);)
        if (field.number == 8) return source.text(field.bytes);
    return {};
}

std::string_view valueName(Source& source, Bytes message) {
    Field field;
    for (FieldReader reader(kValueInfo, message); reader.next(field);)
        if (field.number == 1) return source.text(field.bytes);
    return {};
}

// Every free dimension of an input gets a name, so that shapes behind it can be told.
void nameFreeDimensions(ir::ValueType& type, std::string_view input) {
    if (!type.shape) return;
    for (size_t axis = 0; axis < type.shape->size(); ++axis)
        if ((*type.shape)[axis].isUnknown())
            (*type.shape)[axis] = ir::Dim::symbol(fmt::format("{}_dim{}", input, axis));
}

}  // namespace

ir::ValueId GraphReader::find(std::string_view name, const Scope& scope) const {
    for (const auto* s = &scope; s; s = s->outer)
        if (const auto found = s->values.find(name); found != s->values.end()) return found->second;
    return {};
}

base::Result<ir::ValueId> GraphReader::declare(std::string_view name, const std::byte* at, Scope& scope) {
    if (name.empty()) return m_source.error(at, "a value has no name.");
    const auto [place, isNew] = scope.values.try_emplace(name);
    if (!isNew)
        return m_source.error(
            at, "the value \"{}\" is made twice in one graph. Give one of the two another name.", name);
    place->second = m_editor.addValue(name, {}, scope.id);
    return place->second;
}

base::Result<GraphReader::Parts> GraphReader::collect(Bytes message) const {
    Parts parts;
    Field field;
    FieldReader reader(kGraph, message);
    while (reader.next(field)) {
        switch (field.number) {
            case 1:
                parts.nodes.push_back(field.bytes);
                break;
            case 2:
                parts.name = m_source.text(field.bytes);
                break;
            case 5:
                parts.initializers.push_back(field.bytes);
                break;
            case 10:
                parts.doc = m_source.text(field.bytes);
                break;
            case 11:
                parts.inputs.push_back(field.bytes);
                break;
            case 12:
                parts.outputs.push_back(field.bytes);
                break;
            case 13:
                parts.valueInfos.push_back(field.bytes);
                break;
            case 15:
                parts.sparseInitializers.push_back(field.bytes);
                break;
            case 16: {
                auto entry = readEntry(m_source, field.bytes);
                if (!entry) return entry.error();
                parts.properties.push_back(std::move(*entry));
                break;
            }
            default:
                break;
        }
    }
    if (reader.failed()) return m_source.error(reader);
    return parts;
}

base::Status GraphReader::readMain(Bytes message) {
    auto parts = collect(message);
    if (!parts) return parts.error();
    Scope scope{ir::kMain};
    m_editor.setSubgraphName(ir::kMain, parts->name, std::string(parts->doc));
    m_editor.setProperties(ir::kMain, std::move(parts->properties));
    return fill(*parts, scope);
}

base::Result<ir::SubgraphId> GraphReader::readBody(Bytes message, const Scope& outer) {
    if (outer.depth == kDeepestBody)
        return m_source.error(message.data(), "AttributeProto.g: graphs are nested deeper than {}.",
                              kDeepestBody);
    auto parts = collect(message);
    if (!parts) return parts.error();
    Scope scope{m_editor.addSubgraph(parts->name), &outer, outer.depth + 1, outer.isFunction};
    m_editor.setSubgraphName(scope.id, parts->name, std::string(parts->doc));
    m_editor.setProperties(scope.id, std::move(parts->properties));
    if (auto status = fill(*parts, scope); !status) return status.error();
    return scope.id;
}

base::Result<ir::Function> GraphReader::readFunction(Bytes message) {
    ir::Function function;
    Parts parts;
    std::vector<Field> inputs, outputs;
    std::vector<Bytes> defaults;
    Field field;
    FieldReader reader(kFunction, message);
    while (reader.next(field)) {
        switch (field.number) {
            case 1:
                function.name = m_source.text(field.bytes);
                break;
            case 4:
                inputs.push_back(field);
                break;
            case 5:
                outputs.push_back(field);
                break;
            case 6:
                function.requiredAttributes.emplace_back(m_source.text(field.bytes));
                break;
            case 7:
                parts.nodes.push_back(field.bytes);
                break;
            case 8:
                function.doc = m_source.text(field.bytes);
                break;
            case 9: {
                auto opset = readOpset(m_source, field.bytes);
                if (!opset) return opset.error();
                function.opsets[opset->first] = opset->second;
                break;
            }
            case 10:
                function.domain = normalDomain(m_source.text(field.bytes));
                break;
            case 11:
                defaults.push_back(field.bytes);
                break;
            case 12:
                parts.valueInfos.push_back(field.bytes);
                break;
            case 13:
                function.overload = m_source.text(field.bytes);
                break;
            case 14: {
                auto entry = readEntry(m_source, field.bytes);
                if (!entry) return entry.error();
                function.properties.push_back(std::move(*entry));
                break;
            }
            default:
                break;
        }
    }
    if (reader.failed()) return m_source.error(reader);
    if (function.name.empty())
        return m_source.error(message.data(), "FunctionProto.name: a function has no name.");
    function.body = m_editor.addSubgraph(function.name);
    Scope scope{function.body, nullptr, 0, true};
    std::vector<ir::ValueId> inputIds, outputIds;
    for (const auto& input : inputs) {
        auto id = declare(m_source.text(input.bytes), input.at, scope);
        if (!id) return id.error();
        inputIds.push_back(*id);
    }
    m_editor.setGraphInputs(scope.id, std::move(inputIds));
    if (auto status = fill(parts, scope); !status) return status.error();
    for (const auto& output : outputs) {
        const auto name = m_source.text(output.bytes);
        const auto id = find(name, scope);
        if (!id)
            return m_source.error(output.at, "FunctionProto.output: nothing in function {} makes \"{}\".",
                                  function.name, name);
        outputIds.push_back(id);
    }
    m_editor.setGraphOutputs(scope.id, std::move(outputIds));
    for (const auto attribute : defaults) {
        auto item = readAttribute(attribute, scope);
        if (!item) return item.error();
        function.defaultAttributes.set(std::move(item->first), std::move(item->second));
    }
    return function;
}

base::Status GraphReader::fill(const Parts& parts, Scope& scope) {
    // Before IR version 4 every initializer had to be listed as an input too, and exporters kept the habit:
    // those are plain constants. A newer file that lists only some means defaults that a caller may override.
    std::unordered_set<std::string_view> initialized, inputs;
    for (const auto message : parts.initializers) initialized.insert(tensorName(m_source, message));
    for (const auto message : parts.inputs) inputs.insert(valueName(m_source, message));
    const bool allListed = std::all_of(initialized.begin(), initialized.end(),
                                       [&](std::string_view name) { return inputs.contains(name); });
    if (m_irVersion >= 4 && (!allListed || initialized.size() < 3)) initialized.clear();
    if (auto status = declareInputs(parts, scope, initialized); !status) return status;
    if (auto status = readInitializers(parts, scope); !status) return status;
    for (const auto node : parts.nodes)
        if (auto status = declareOutputs(node, scope); !status) return status;
    if (auto status = readTypes(parts.outputs, scope); !status) return status;
    if (auto status = readTypes(parts.valueInfos, scope); !status) return status;
    size_t done = 0;
    for (const auto node : parts.nodes) {
        if (done++ % 4096 == 0) {
            if (auto status = m_progress.check(); !status) return status;
            if (scope.depth == 0)
                m_progress.report(static_cast<double>(done) / static_cast<double>(parts.nodes.size()));
        }
        if (auto status = readNode(node, scope); !status) return status;
    }
    return scope.isFunction && scope.depth == 0 ? base::Status() : readOutputs(parts, scope);
}

base::Status GraphReader::declareInputs(const Parts& parts, Scope& scope,
                                        const std::unordered_set<std::string_view>& initialized) {
    if (scope.isFunction && scope.depth == 0) return {};  // declared by name alone
    std::vector<ir::ValueId> ids;
    for (const auto message : parts.inputs) {
        auto info = readValueInfo(m_source, message);
        if (!info) return info.error();
        if (initialized.contains(info->name)) continue;
        auto id = declare(info->name, info->at, scope);
        if (!id) return id.error();
        if (scope.id == ir::kMain) nameFreeDimensions(info->type, info->name);
        m_editor.setProperties(*id, std::move(info->properties));
        m_editor.setType(*id, std::move(info->type));
        ids.push_back(*id);
    }
    m_editor.setGraphInputs(scope.id, std::move(ids));
    return {};
}

base::Status GraphReader::readInitializers(const Parts& parts, Scope& scope) {
    const auto place = [&](std::string_view name, tensor::Tensor tensor,
                           const std::byte* at) -> base::Status {
        // A default of an input (IR version 4 and newer), or a constant.
        if (const auto known = scope.values.find(name); known != scope.values.end()) {
            if (m_editor.graph().value(known->second).initializer())
                return m_source.error(at, "GraphProto.initializer: there are two named \"{}\".", name);
            m_editor.setConstant(known->second, std::move(tensor));
            return {};
        }
        auto id = declare(name, at, scope);
        if (!id) return id.error();
        m_editor.setConstant(*id, std::move(tensor));
        return {};
    };
    for (const auto message : parts.initializers) {
        auto read = readTensor(m_source, message);
        if (!read) return read.error();
        if (auto status = place(read->name, std::move(read->tensor), message.data()); !status) return status;
    }
    for (const auto message : parts.sparseInitializers) {
        auto read = readSparseTensor(m_source, message);
        if (!read) return read.error();
        auto full = dense(m_source, read->tensor, message.data());
        if (!full) return full.error();
        if (auto status = place(read->name, std::move(*full), message.data()); !status) return status;
    }
    return {};
}

base::Status GraphReader::declareOutputs(Bytes node, Scope& scope) {
    Field field;
    FieldReader reader(kNode, node);
    while (reader.next(field)) {
        if (field.number != 2 || field.bytes.empty()) continue;
        if (auto id = declare(m_source.text(field.bytes), field.at, scope); !id) return id.error();
    }
    if (reader.failed()) return m_source.error(reader);
    return {};
}

base::Status GraphReader::readTypes(const std::vector<Bytes>& infos, Scope& scope) {
    for (const auto message : infos) {
        auto info = readValueInfo(m_source, message);
        if (!info) return info.error();
        const auto known = scope.values.find(info->name);
        if (known == scope.values.end()) continue;
        if (!info->properties.empty()) m_editor.setProperties(known->second, std::move(info->properties));
        if (info->type == ir::ValueType{}) continue;
        if (m_editor.graph().value(known->second).type() == ir::ValueType{})
            m_editor.setType(known->second, std::move(info->type));
    }
    return {};
}

base::Status GraphReader::readOutputs(const Parts& parts, Scope& scope) {
    std::vector<ir::ValueId> ids;
    for (const auto message : parts.outputs) {
        auto info = readValueInfo(m_source, message);
        if (!info) return info.error();
        const auto id = find(info->name, scope);
        if (!id)
            return m_source.error(
                info->at, "GraphProto.output: nothing in the graph makes the output \"{}\".", info->name);
        ids.push_back(id);
    }
    m_editor.setGraphOutputs(scope.id, std::move(ids));
    return {};
}

base::Result<std::pair<std::string, std::string>> readEntry(Source& source, Bytes message) {
    std::pair<std::string, std::string> entry;
    Field field;
    FieldReader reader(kEntry, message);
    while (reader.next(field)) (field.number == 1 ? entry.first : entry.second) = source.text(field.bytes);
    if (reader.failed()) return source.error(reader);
    return entry;
}

base::Result<std::pair<std::string, int64_t>> readOpset(Source& source, Bytes message) {
    std::pair<std::string, int64_t> result{"", 1};
    Field field;
    FieldReader reader(kOpset, message);
    while (reader.next(field)) {
        if (field.number == 1)
            result.first = normalDomain(source.text(field.bytes));
        else
            result.second = field.integer();
    }
    if (reader.failed()) return source.error(reader);
    if (result.second < 0 || result.second > 1'000'000)
        return source.error(message.data(), "OperatorSetIdProto.version: {} is no version.", result.second);
    return result;
}

}  // namespace lathe::formats::onnx
