// Tensors and types as messages.
#include "engine/formats/onnx/write_messages.h"

namespace lathe::formats::onnx {
namespace {

// Smaller tensors are cheaper inside the message than as a place in another file; shape arithmetic of other
// tools also wants to see them.
constexpr size_t kSmallestExternal = 1024;
// Tensors start at whole cache lines, so a mapped file needs no copy.
constexpr uint64_t kExternalAlignment = 64;

void setEntry(lathe_onnx::TensorProto& message, const char* key, const std::string& value) {
    auto& entry = *message.add_external_data();
    entry.set_key(key);
    entry.set_value(value);
}

void writeShape(const std::optional<ir::SymbolicShape>& shape, lathe_onnx::TensorShapeProto& message) {
    for (const auto& dim : *shape) {
        auto& part = *message.add_dim();
        if (const auto number = dim.constant())
            part.set_dim_value(*number);
        else if (dim.isSymbolic())
            part.set_dim_param(dim.toString());
    }
}

}  // namespace

bool ExternalPlan::place(const tensor::Tensor& tensor, lathe_onnx::TensorProto& message) {
    const auto bytes = tensor.bytes();
    if (m_fileName.empty() || bytes.size() < kSmallestExternal) return false;
    const uint64_t offset = (m_end + kExternalAlignment - 1) / kExternalAlignment * kExternalAlignment;
    m_end = offset + bytes.size();
    m_items.push_back({tensor, offset});
    message.set_data_location(lathe_onnx::TensorProto::EXTERNAL);
    setEntry(message, "location", m_fileName);
    setEntry(message, "offset", std::to_string(offset));
    setEntry(message, "length", std::to_string(bytes.size()));
    return true;
}

void writeTensor(const tensor::Tensor& tensor, std::string_view name, lathe_onnx::TensorProto& message,
                 ExternalPlan& external) {
    if (!name.empty()) message.set_name(std::string(name));
    for (const auto d : tensor.shape()) message.add_dims(d);
    message.set_data_type(static_cast<int>(tensor.type()));
    if (tensor.type() == tensor::DataType::string) {
        for (const auto& text : tensor.values<std::string>()) message.add_string_data(text);
        return;
    }
    if (external.place(tensor, message)) return;
    const auto bytes = tensor.bytes();
    message.set_raw_data(bytes.data(), bytes.size());
}

void writeType(const ir::ValueType& type, lathe_onnx::TypeProto& message) {
    using Kind = ir::ValueType::Kind;
    const auto inner = [&](lathe_onnx::TypeProto& target) {
        if (type.inner) writeType(*type.inner, target);
    };
    switch (type.kind) {
        case Kind::unknown:
            return;
        case Kind::tensor:
            message.mutable_tensor_type()->set_elem_type(static_cast<int>(type.element));
            if (type.shape) writeShape(type.shape, *message.mutable_tensor_type()->mutable_shape());
            return;
        case Kind::sparseTensor:
            message.mutable_sparse_tensor_type()->set_elem_type(static_cast<int>(type.element));
            if (type.shape) writeShape(type.shape, *message.mutable_sparse_tensor_type()->mutable_shape());
            return;
        case Kind::sequence:
            inner(*message.mutable_sequence_type()->mutable_elem_type());
            return;
        case Kind::optional:
            inner(*message.mutable_optional_type()->mutable_elem_type());
            return;
        case Kind::map:
            message.mutable_map_type()->set_key_type(static_cast<int>(type.element));
            inner(*message.mutable_map_type()->mutable_value_type());
            return;
    }
}

}  // namespace lathe::formats::onnx
