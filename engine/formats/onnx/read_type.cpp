#include "engine/formats/onnx/read_type.h"

#include "engine/formats/onnx/messages.h"

namespace lathe::formats::onnx {
namespace {

using ir::ValueType;

constexpr int kDeepestType = 16;

base::Result<tensor::DataType> readElement(const Source& source, const Field& field) {
    if (field.scalar >= tensor::kDataTypeCount)
        return source.error(field.at, "TypeProto.elem_type: there is no element type {}.", field.scalar);
    return static_cast<tensor::DataType>(field.scalar);
}

base::Result<ir::Dim> readDim(Source& source, Bytes message) {
    ir::Dim dim = ir::Dim::unknown();
    Field field;
    FieldReader reader(kDim, message);
    while (reader.next(field)) {
        if (field.number == 1) {
            // Old exporters write -1 for "any".
            if (field.integer() >= 0) dim = ir::Dim(field.integer());
        } else if (const auto text = source.text(field.bytes); !text.empty() && text != "?") {
            const auto parsed = text.size() <= 256 ? ir::Dim::parse(text) : std::nullopt;
            dim = parsed && !parsed->isUnknown() ? *parsed : ir::Dim::symbol(text);
        }
    }
    if (reader.failed()) return source.error(reader);
    return dim;
}

base::Result<ir::SymbolicShape> readShape(Source& source, Bytes message) {
    ir::SymbolicShape shape;
    Field field;
    FieldReader reader(kShape, message);
    while (reader.next(field)) {
        if (shape.size() == 64)
            return source.error(field.at, "TensorShapeProto.dim: a shape has more than 64 dimensions.");
        auto dim = readDim(source, field.bytes);
        if (!dim) return dim.error();
        shape.push_back(std::move(*dim));
    }
    if (reader.failed()) return source.error(reader);
    return shape;
}

base::Result<ValueType> readTensorType(Source& source, Bytes message, ValueType::Kind kind) {
    ValueType type{kind, tensor::DataType::undefined, {}, nullptr};
    Field field;
    FieldReader reader(kTensorType, message);
    while (reader.next(field)) {
        if (field.number == 1) {
            auto element = readElement(source, field);
            if (!element) return element.error();
            type.element = *element;
        } else {
            auto shape = readShape(source, field.bytes);
            if (!shape) return shape.error();
            type.shape = std::move(*shape);
        }
    }
    if (reader.failed()) return source.error(reader);
    return type;
}

base::Result<ValueType> readInner(Source& source, Bytes message, ValueType::Kind kind, int depth) {
    ValueType type{kind, tensor::DataType::undefined, {}, nullptr};
    const bool isMap = kind == ValueType::Kind::map;
    ValueType inner;
    Field field;
    FieldReader reader(isMap ? kMapType : kInnerType, message);
    while (reader.next(field)) {
        if (isMap && field.number == 1) {
            auto key = readElement(source, field);
            if (!key) return key.error();
            type.element = *key;
        } else {
            auto read = readType(source, field.bytes, depth + 1);
            if (!read) return read.error();
            inner = std::move(*read);
        }
    }
    if (reader.failed()) return source.error(reader);
    type.inner = std::make_shared<const ValueType>(std::move(inner));
    return type;
}

}  // namespace

base::Result<ValueType> readType(Source& source, Bytes message, int depth) {
    if (depth > kDeepestType)
        return source.error(message.data(), "TypeProto: types are nested deeper than {}.", kDeepestType);
    base::Result<ValueType> type = ValueType{};
    Field field;
    FieldReader reader(kType, message);
    while (type && reader.next(field)) {
        switch (field.number) {
            case 1:
                type = readTensorType(source, field.bytes, ValueType::Kind::tensor);
                break;
            case 4:
                type = readInner(source, field.bytes, ValueType::Kind::sequence, depth);
                break;
            case 5:
                type = readInner(source, field.bytes, ValueType::Kind::map, depth);
                break;
            case 8:
                type = readTensorType(source, field.bytes, ValueType::Kind::sparseTensor);
                break;
            case 9:
                type = readInner(source, field.bytes, ValueType::Kind::optional, depth);
                break;
            default:
                break;  // opaque types stay unknown
        }
    }
    if (reader.failed()) return source.error(reader);
    return type;
}

}  // namespace lathe::formats::onnx
