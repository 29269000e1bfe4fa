// Graphs, nodes and functions as messages.
#include <fmt/format.h>

#include <algorithm>

#include "engine/formats/onnx/messages.h"
#include "engine/formats/onnx/write_messages.h"

namespace lathe::formats::onnx {

void writeProperties(const ir::Properties& properties,
                     google::protobuf::RepeatedPtrField<lathe_onnx::StringStringEntryProto>& list) {
    for (const auto& [key, value] : properties) {
        auto& entry = *list.Add();
        entry.set_key(key);
        entry.set_value(value);
    }
}

GraphWriter::GraphWriter(const ir::Graph& graph, int64_t opset, ExternalPlan& external,
                         const base::Progress& progress)
    : m_graph(graph),
      m_opset(opset),
      m_external(external),
      m_progress(progress),
      m_values(graph.subgraphLimit()) {
    for (uint32_t v = 0; v < graph.valueLimit(); ++v)
        if (graph.contains(ir::ValueId{v})) m_values[graph.valueData({v}).subgraph.index].push_back({v});
}

base::Status GraphWriter::writeMain(lathe_onnx::GraphProto& message) {
    return writeGraph(ir::kMain, message);
}

void GraphWriter::writeValue(ir::ValueId id, lathe_onnx::ValueInfoProto& message) const {
    const auto value = m_graph.value(id);
    message.set_name(std::string(value.name()));
    if (value.type().kind != ir::ValueType::Kind::unknown) writeType(value.type(), *message.mutable_type());
    if (const auto& properties = value.data().properties)
        writeProperties(*properties, *message.mutable_metadata_props());
}

base::Status GraphWriter::writeGraph(ir::SubgraphId id, lathe_onnx::GraphProto& message) {
    const auto& data = m_graph.subgraph(id);
    const auto name = m_graph.text(data.name);
    message.set_name(name.empty() ? "graph" : std::string(name));
    if (!data.doc.empty()) message.set_doc_string(data.doc);
    writeProperties(data.properties, *message.mutable_metadata_props());
    for (const auto input : data.inputs) writeValue(input, *message.add_input());
    for (const auto output : data.outputs) writeValue(output, *message.add_output());
    const auto isOutput = [&](ir::ValueId value) {
        return std::find(data.outputs.begin(), data.outputs.end(), value) != data.outputs.end();
    };
    for (const auto value : m_values[id.index]) {
        const auto& record = m_graph.valueData(value);
        if (record.constant)
            writeTensor(*record.constant, m_graph.text(record.name), *message.add_initializer(), m_external);
        else if (record.producer && (record.type || record.properties) && !isOutput(value))
            writeValue(value, *message.add_value_info());
    }
    size_t done = 0;
    for (const auto node : m_graph.order(id)) {
        if (done++ % 4096 == 0)
            if (auto status = m_progress.check(); !status) return status;
        if (auto status = writeNode(node, *message.add_node()); !status) return status;
    }
    return {};
}

base::Status GraphWriter::writeNode(ir::NodeId id, lathe_onnx::NodeProto& message) {
    const auto node = m_graph.node(id);
    const auto& data = node.data();
    const auto nameOf = [&](ir::ValueId value) {
        return value ? std::string(m_graph.value(value).name()) : std::string();
    };
    for (const auto input : node.inputs()) message.add_input(nameOf(input));
    for (const auto output : node.outputs()) message.add_output(nameOf(output));
    message.set_op_type(std::string(node.op()));
    if (!node.name().empty()) message.set_name(std::string(node.name()));
    if (!node.domain().empty()) message.set_domain(std::string(node.domain()));
    if (const auto overload = m_graph.text(data.overload); !overload.empty())
        message.set_overload(std::string(overload));
    if (data.doc) message.set_doc_string(*data.doc);
    if (data.properties) writeProperties(*data.properties, *message.mutable_metadata_props());
    for (const auto& [name, value] : node.attributes())
        if (auto status = writeAttribute(name, value, *message.add_attribute()); !status) return status;
    return {};
}

base::Status GraphWriter::writeFunction(const ir::Function& function, lathe_onnx::FunctionProto& message) {
    const auto& data = m_graph.subgraph(function.body);
    message.set_name(function.name);
    message.set_domain(function.domain);
    if (!function.overload.empty()) message.set_overload(function.overload);
    if (!function.doc.empty()) message.set_doc_string(function.doc);
    writeProperties(function.properties, *message.mutable_metadata_props());
    for (const auto& [domain, version] : function.opsets) {
        auto& opset = *message.add_opset_import();
        opset.set_domain(domain);
        opset.set_version(domain.empty() ? m_opset : version);
    }
    for (const auto& name : function.requiredAttributes) message.add_attribute(name);
    for (const auto& [name, value] : function.defaultAttributes)
        if (auto status = writeAttribute(name, value, *message.add_attribute_proto()); !status) return status;
    for (const auto input : data.inputs) message.add_input(std::string(m_graph.value(input).name()));
    for (const auto output : data.outputs) message.add_output(std::string(m_graph.value(output).name()));
    // A function has no initializers: constants become Constant nodes.
    ExternalPlan inside{""};
    for (const auto value : m_values[function.body.index]) {
        const auto* constant = m_graph.valueData(value).constant.get();
        if (!constant) continue;
        auto& node = *message.add_node();
        node.set_op_type("Constant");
        node.add_output(std::string(m_graph.value(value).name()));
        auto& attribute = *node.add_attribute();
        attribute.set_name("value");
        attribute.set_type(lathe_onnx::AttributeProto::TENSOR);
        writeTensor(*constant, {}, *attribute.mutable_t(), inside);
    }
    for (const auto node : m_graph.order(function.body))
        if (auto status = writeNode(node, *message.add_node()); !status) return status;
    return {};
}

base::Status GraphWriter::writeAttribute(const std::string& name, const ir::Attribute& value,
                                         lathe_onnx::AttributeProto& message) {
    using Proto = lathe_onnx::AttributeProto;
    message.set_name(name);
    const auto sparse = [&](const ir::SparseTensor& from, lathe_onnx::SparseTensorProto& to) {
        ExternalPlan inside{""};
        writeTensor(from.values, {}, *to.mutable_values(), inside);
        writeTensor(from.indices, {}, *to.mutable_indices(), inside);
        for (const auto d : from.shape) to.add_dims(d);
    };
    ExternalPlan inside{""};  // tensors of attributes are small, and other tools want them in place
    if (const auto* integer = std::get_if<int64_t>(&value)) {
        message.set_type(Proto::INT);
        message.set_i(*integer);
    } else if (const auto* real = std::get_if<float>(&value)) {
        message.set_type(Proto::FLOAT);
        message.set_f(*real);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        message.set_type(Proto::STRING);
        message.set_s(*text);
    } else if (const auto* tensor = std::get_if<tensor::Tensor>(&value)) {
        message.set_type(Proto::TENSOR);
        writeTensor(*tensor, {}, *message.mutable_t(), inside);
    } else if (const auto* sparseTensor = std::get_if<ir::SparseTensor>(&value)) {
        message.set_type(Proto::SPARSE_TENSOR);
        sparse(*sparseTensor, *message.mutable_sparse_tensor());
    } else if (const auto* body = std::get_if<ir::SubgraphId>(&value)) {
        message.set_type(Proto::GRAPH);
        return writeGraph(*body, *message.mutable_g());
    } else if (const auto* type = std::get_if<ir::ValueType>(&value)) {
        message.set_type(Proto::TYPE_PROTO);
        writeType(*type, *message.mutable_tp());
    } else if (const auto* integers = std::get_if<std::vector<int64_t>>(&value)) {
        message.set_type(Proto::INTS);
        message.mutable_ints()->Add(integers->begin(), integers->end());
    } else if (const auto* reals = std::get_if<std::vector<float>>(&value)) {
        message.set_type(Proto::FLOATS);
        message.mutable_floats()->Add(reals->begin(), reals->end());
    } else if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) {
        message.set_type(Proto::STRINGS);
        for (const auto& t : *texts) message.add_strings(t);
    } else if (const auto* tensors = std::get_if<std::vector<tensor::Tensor>>(&value)) {
        message.set_type(Proto::TENSORS);
        for (const auto& t : *tensors) writeTensor(t, {}, *message.add_tensors(), inside);
    } else if (const auto* sparses = std::get_if<std::vector<ir::SparseTensor>>(&value)) {
        message.set_type(Proto::SPARSE_TENSORS);
        for (const auto& t : *sparses) sparse(t, *message.add_sparse_tensors());
    } else if (const auto* bodies = std::get_if<std::vector<ir::SubgraphId>>(&value)) {
        message.set_type(Proto::GRAPHS);
        for (const auto b : *bodies)
            if (auto status = writeGraph(b, *message.add_graphs()); !status) return status;
    } else if (const auto* types = std::get_if<std::vector<ir::ValueType>>(&value)) {
        message.set_type(Proto::TYPE_PROTOS);
        for (const auto& t : *types) writeType(t, *message.add_type_protos());
    } else if (const auto* reference = std::get_if<ir::AttributeReference>(&value)) {
        message.set_type(static_cast<Proto::AttributeType>(reference->onnxType));
        message.set_ref_attr_name(reference->name);
    }
    return {};
}

}  // namespace lathe::formats::onnx
