// The messages of the ONNX format (onnx/onnx.proto3, IR version 13) as far as Lathe reads them.
#pragma once

#include <array>

#include "engine/formats/onnx/wire.h"

namespace lathe::formats::onnx {

inline constexpr std::array kModelFields{
    FieldSpec{1, FieldKind::number, "ir_version"},       FieldSpec{2, FieldKind::text, "producer_name"},
    FieldSpec{3, FieldKind::text, "producer_version"},   FieldSpec{4, FieldKind::text, "domain"},
    FieldSpec{5, FieldKind::number, "model_version"},    FieldSpec{6, FieldKind::text, "doc_string"},
    FieldSpec{7, FieldKind::message, "graph"},           FieldSpec{8, FieldKind::message, "opset_import"},
    FieldSpec{14, FieldKind::message, "metadata_props"}, FieldSpec{20, FieldKind::message, "training_info"},
    FieldSpec{25, FieldKind::message, "functions"},      FieldSpec{26, FieldKind::message, "configuration"},
};
inline constexpr MessageSpec kModel{"ModelProto", kModelFields};

inline constexpr std::array kOpsetFields{
    FieldSpec{1, FieldKind::text, "domain"},
    FieldSpec{2, FieldKind::number, "version"},
};
inline constexpr MessageSpec kOpset{"OperatorSetIdProto", kOpsetFields};

inline constexpr std::array kEntryFields{
    FieldSpec{1, FieldKind::text, "key"},
    FieldSpec{2, FieldKind::text, "value"},
};
inline constexpr MessageSpec kEntry{"StringStringEntryProto", kEntryFields};

inline constexpr std::array kGraphFields{
    FieldSpec{1, FieldKind::message, "node"},
    FieldSpec{2, FieldKind::text, "name"},
    FieldSpec{5, FieldKind::message, "initializer"},
    FieldSpec{10, FieldKind::text, "doc_string"},
    FieldSpec{11, FieldKind::message, "input"},
    FieldSpec{12, FieldKind::message, "output"},
    FieldSpec{13, FieldKind::message, "value_info"},
    FieldSpec{15, FieldKind::message, "sparse_initializer"},
    FieldSpec{16, FieldKind::message, "metadata_props"},
};
inline constexpr MessageSpec kGraph{"GraphProto", kGraphFields};

inline constexpr std::array kFunctionFields{
    FieldSpec{1, FieldKind::text, "name"},
    FieldSpec{4, FieldKind::text, "input"},
    FieldSpec{5, FieldKind::text, "output"},
    FieldSpec{6, FieldKind::text, "attribute"},
    FieldSpec{7, FieldKind::message, "node"},
    FieldSpec{8, FieldKind::text, "doc_string"},
    FieldSpec{9, FieldKind::message, "opset_import"},
    FieldSpec{10, FieldKind::text, "domain"},
    FieldSpec{11, FieldKind::message, "attribute_proto"},
    FieldSpec{12, FieldKind::message, "value_info"},
    FieldSpec{13, FieldKind::text, "overload"},
    FieldSpec{14, FieldKind::message, "metadata_props"},
};
inline constexpr MessageSpec kFunction{"FunctionProto", kFunctionFields};

inline constexpr std::array kNodeFields{
    FieldSpec{1, FieldKind::text, "input"},
    FieldSpec{2, FieldKind::text, "output"},
    FieldSpec{3, FieldKind::text, "name"},
    FieldSpec{4, FieldKind::text, "op_type"},
    FieldSpec{5, FieldKind::message, "attribute"},
    FieldSpec{6, FieldKind::text, "doc_string"},
    FieldSpec{7, FieldKind::text, "domain"},
    FieldSpec{8, FieldKind::text, "overload"},
    FieldSpec{9, FieldKind::message, "metadata_props"},
    FieldSpec{10, FieldKind::message, "device_configurations"},
};
inline constexpr MessageSpec kNode{"NodeProto", kNodeFields};

inline constexpr std::array kAttributeFields{
    FieldSpec{1, FieldKind::text, "name"},
    FieldSpec{2, FieldKind::fixed32, "f"},
    FieldSpec{3, FieldKind::number, "i"},
    FieldSpec{4, FieldKind::text, "s"},
    FieldSpec{5, FieldKind::message, "t"},
    FieldSpec{6, FieldKind::message, "g"},
    FieldSpec{7, FieldKind::packedFixed32, "floats"},
    FieldSpec{8, FieldKind::packedNumbers, "ints"},
    FieldSpec{9, FieldKind::text, "strings"},
    FieldSpec{10, FieldKind::message, "tensors"},
    FieldSpec{11, FieldKind::message, "graphs"},
    FieldSpec{14, FieldKind::message, "tp"},
    FieldSpec{15, FieldKind::message, "type_protos"},
    FieldSpec{20, FieldKind::number, "type"},
    FieldSpec{21, FieldKind::text, "ref_attr_name"},
    FieldSpec{22, FieldKind::message, "sparse_tensor"},
    FieldSpec{23, FieldKind::message, "sparse_tensors"},
};
inline constexpr MessageSpec kAttribute{"AttributeProto", kAttributeFields};

// AttributeProto.AttributeType
enum AttributeType : int64_t {
    kUndefinedAttribute = 0,
    kFloat = 1,
    kInt = 2,
    kString = 3,
    kTensorAttribute = 4,
    kGraphAttribute = 5,
    kFloats = 6,
    kInts = 7,
    kStrings = 8,
    kTensors = 9,
    kGraphs = 10,
    kSparse = 11,
    kSparses = 12,
    kTypeAttribute = 13,
    kTypes = 14,
};

inline constexpr std::array kTensorFields{
    FieldSpec{1, FieldKind::packedNumbers, "dims"},
    FieldSpec{2, FieldKind::number, "data_type"},
    FieldSpec{3, FieldKind::message, "segment"},
    FieldSpec{4, FieldKind::packedFixed32, "float_data"},
    FieldSpec{5, FieldKind::packedNumbers, "int32_data"},
    FieldSpec{6, FieldKind::text, "string_data"},
    FieldSpec{7, FieldKind::packedNumbers, "int64_data"},
    FieldSpec{8, FieldKind::text, "name"},
    FieldSpec{9, FieldKind::text, "raw_data"},
    FieldSpec{10, FieldKind::packedFixed64, "double_data"},
    FieldSpec{11, FieldKind::packedNumbers, "uint64_data"},
    FieldSpec{13, FieldKind::message, "external_data"},
    FieldSpec{14, FieldKind::number, "data_location"},
};
inline constexpr MessageSpec kTensor{"TensorProto", kTensorFields};

inline constexpr std::array kSparseFields{
    FieldSpec{1, FieldKind::message, "values"},
    FieldSpec{2, FieldKind::message, "indices"},
    FieldSpec{3, FieldKind::packedNumbers, "dims"},
};
inline constexpr MessageSpec kSparseTensor{"SparseTensorProto", kSparseFields};

inline constexpr std::array kValueInfoFields{
    FieldSpec{1, FieldKind::text, "name"},
    FieldSpec{2, FieldKind::message, "type"},
    FieldSpec{4, FieldKind::message, "metadata_props"},
};
inline constexpr MessageSpec kValueInfo{"ValueInfoProto", kValueInfoFields};

inline constexpr std::array kTypeFields{
    FieldSpec{1, FieldKind::message, "tensor_type"},        FieldSpec{4, FieldKind::message, "sequence_type"},
    FieldSpec{5, FieldKind::message, "map_type"},           FieldSpec{7, FieldKind::message, "opaque_type"},
    FieldSpec{8, FieldKind::message, "sparse_tensor_type"}, FieldSpec{9, FieldKind::message, "optional_type"},
};
inline constexpr MessageSpec kType{"TypeProto", kTypeFields};

inline constexpr std::array kTensorTypeFields{
    FieldSpec{1, FieldKind::number, "elem_type"},
    FieldSpec{2, FieldKind::message, "shape"},
};
inline constexpr MessageSpec kTensorType{"TypeProto.Tensor", kTensorTypeFields};

inline constexpr std::array kInnerTypeFields{FieldSpec{1, FieldKind::message, "elem_type"}};
inline constexpr MessageSpec kInnerType{"TypeProto.Sequence", kInnerTypeFields};

inline constexpr std::array kMapTypeFields{
    FieldSpec{1, FieldKind::number, "key_type"},
    FieldSpec{2, FieldKind::message, "value_type"},
};
inline constexpr MessageSpec kMapType{"TypeProto.Map", kMapTypeFields};

inline constexpr std::array kShapeFields{FieldSpec{1, FieldKind::message, "dim"}};
inline constexpr MessageSpec kShape{"TensorShapeProto", kShapeFields};

inline constexpr std::array kDimFields{
    FieldSpec{1, FieldKind::number, "dim_value"},
    FieldSpec{2, FieldKind::text, "dim_param"},
};
inline constexpr MessageSpec kDim{"TensorShapeProto.Dimension", kDimFields};

// Values in files of their own (onnx/onnx-data.proto).
inline constexpr std::array kSequenceValueFields{
    FieldSpec{1, FieldKind::text, "name"},
    FieldSpec{2, FieldKind::number, "elem_type"},
    FieldSpec{3, FieldKind::message, "tensor_values"},
    FieldSpec{4, FieldKind::message, "sparse_tensor_values"},
    FieldSpec{5, FieldKind::message, "sequence_values"},
    FieldSpec{6, FieldKind::message, "map_values"},
    FieldSpec{7, FieldKind::message, "optional_values"},
};
inline constexpr MessageSpec kSequenceValue{"SequenceProto", kSequenceValueFields};

inline constexpr std::array kMapValueFields{
    FieldSpec{1, FieldKind::text, "name"},          FieldSpec{2, FieldKind::number, "key_type"},
    FieldSpec{3, FieldKind::packedNumbers, "keys"}, FieldSpec{4, FieldKind::text, "string_keys"},
    FieldSpec{5, FieldKind::message, "values"},
};
inline constexpr MessageSpec kMapValue{"MapProto", kMapValueFields};

inline constexpr std::array kOptionalValueFields{
    FieldSpec{1, FieldKind::text, "name"},
    FieldSpec{2, FieldKind::number, "elem_type"},
    FieldSpec{3, FieldKind::message, "tensor_value"},
    FieldSpec{4, FieldKind::message, "sparse_tensor_value"},
    FieldSpec{5, FieldKind::message, "sequence_value"},
    FieldSpec{6, FieldKind::message, "map_value"},
    FieldSpec{7, FieldKind::message, "optional_value"},
};
inline constexpr MessageSpec kOptionalValue{"OptionalProto", kOptionalValueFields};

}  // namespace lathe::formats::onnx
