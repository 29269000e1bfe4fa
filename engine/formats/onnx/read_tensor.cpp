#include "engine/formats/onnx/read_tensor.h"

#include <cstring>
#include <optional>
#include <vector>

#include "engine/base/text.h"
#include "engine/formats/onnx/external_data.h"
#include "engine/formats/onnx/messages.h"
#include "engine/tensor/packed.h"

namespace lathe::formats::onnx {
namespace {

using tensor::DataType;

// What a TensorProto says, before it is checked.
struct TensorFields {
    std::string_view name;
    std::vector<int64_t> dims;
    DataType type = DataType::undefined;
    std::optional<Bytes> raw;
    std::vector<Field> typed;  // pieces of float_data, int32_data, int64_data, double_data, uint64_data
    uint32_t typedField = 0;
    std::vector<Bytes> strings;
    std::vector<Bytes> externalEntries;
    bool external = false;
};

// The field that the standard has elements of a type in when they are not raw.
uint32_t typedFieldOf(DataType type) {
    switch (type) {
        case DataType::float32:
        case DataType::complex64:
            return 4;
        case DataType::float64:
        case DataType::complex128:
            return 10;
        case DataType::int64:
            return 7;
        case DataType::uint32:
        case DataType::uint64:
            return 11;
        case DataType::string:
            return 6;
        default:
            return 5;
    }
}

std::string_view nameOfField(uint32_t number) {
    for (const auto& field : kTensorFields)
        if (field.number == number) return field.name;
    return "data";
}

bool appendNumbers(const Field& field, std::vector<int64_t>& out) {
    if (!field.isPacked) {
        out.push_back(field.integer());
        return true;
    }
    const auto* at = field.bytes.data();
    const auto* end = at + field.bytes.size();
    while (at != end) {
        uint64_t value = 0;
        if (!readVarint(at, end, value)) return false;
        out.push_back(static_cast<int64_t>(value));
    }
    return true;
}

base::Result<TensorFields> scan(Source& source, Bytes message) {
    TensorFields fields;
    Field field;
    FieldReader reader(kTensor, message);
    while (reader.next(field)) {
        switch (field.number) {
            case 1:
                if (!appendNumbers(field, fields.dims))
                    return source.error(field.at,
                                        "TensorProto.dims: a number is cut off. Get the file again.");
                break;
            case 2:
                if (field.scalar == 0 || field.scalar >= tensor::kDataTypeCount)
                    return source.error(field.at, "TensorProto.data_type: there is no element type {}.",
                                        field.scalar);
                fields.type = static_cast<DataType>(field.scalar);
                break;
            case 3:
                return source.error(field.at,
                                    "TensorProto.segment: tensors in segments are not supported. Save the "
                                    "model again with the tensor in one piece.");
            case 4:
            case 5:
            case 7:
            case 10:
            case 11:
                if (fields.typedField != 0 && fields.typedField != field.number)
                    return source.error(field.at, "TensorProto.{}: the elements are in {} already.",
                                        nameOfField(field.number), nameOfField(fields.typedField));
                fields.typedField = field.number;
                fields.typed.push_back(field);
                break;
            case 6:
                fields.strings.push_back(field.bytes);
                break;
            case 8:
                fields.name = source.text(field.bytes);
                break;
            case 9:
                fields.raw = field.bytes;
                break;
            case 13:
                fields.externalEntries.push_back(field.bytes);
                break;
            case 14:
                if (field.scalar > 1)
                    return source.error(field.at, "TensorProto.data_location: there is no location {}.",
                                        field.scalar);
                fields.external = field.scalar == 1;
                break;
            default:
                break;
        }
    }
    if (reader.failed()) return source.error(reader);
    return fields;
}

// Copies numbers of the text form into elements of `size` bytes, the low bytes first.
base::Status decodeNumbers(const Source& source, const TensorFields& fields, const std::byte* at, size_t size,
                           std::span<std::byte> target) {
    size_t written = 0;
    for (const auto& piece : fields.typed) {
        const auto* from = piece.bytes.data();
        const auto* end = from + piece.bytes.size();
        while (from != end) {
            uint64_t value = 0;
            if (!readVarint(from, end, value))
                return source.error(from, "TensorProto.{}: a number is cut off. Get the file again.",
                                    nameOfField(fields.typedField));
            if (written + size > target.size())
                return source.error(from, "TensorProto.{}: has more elements than the shape of \"{}\".",
                                    nameOfField(fields.typedField), fields.name);
            std::memcpy(target.data() + written, &value, size);
            written += size;
        }
    }
    if (written != target.size())
        return source.error(at, "TensorProto.{}: has {} elements, the shape of \"{}\" wants {}.",
                            nameOfField(fields.typedField), written / size, fields.name,
                            target.size() / size);
    return {};
}

base::Result<tensor::Tensor> fromTyped(const Source& source, const TensorFields& fields,
                                       const tensor::Shape& shape, uint64_t byteSize, const std::byte* at) {
    const auto wanted = typedFieldOf(fields.type);
    if (byteSize > 0 && fields.typedField != wanted)
        return source.error(at, "TensorProto: tensor \"{}\" of type {} has no elements in raw_data or {}.",
                            fields.name, tensor::name(fields.type), nameOfField(wanted));
    uint64_t present = 0;
    for (const auto& piece : fields.typed) present += piece.bytes.size();
    const bool fixed = wanted == 4 || wanted == 10;
    // Packed 4-bit and 2-bit elements come a byte a number; everything else an element a number.
    const size_t unit =
        tensor::isPacked(fields.type) ? 1 : static_cast<size_t>(tensor::bitWidth(fields.type)) / 8;
    const uint64_t leastPresent = fixed ? byteSize : byteSize / unit;
    if (present < leastPresent || (fixed && present != byteSize))
        return source.error(at, "TensorProto.{}: holds {} bytes, too {} for tensor \"{}\", {}.",
                            nameOfField(wanted), present, present < leastPresent ? "few" : "many",
                            fields.name, tensor::toString(fields.type, shape));
    if (fixed && fields.typed.size() == 1)
        return tensor::Tensor::borrowed(fields.type, shape, fields.typed[0].bytes, source.owner);
    auto result = tensor::Tensor::zeros(fields.type, shape);
    if (result.bytes().empty()) return result;
    auto target = result.mutableBytes();
    if (fixed) {
        for (const auto& piece : fields.typed) {
            std::memcpy(target.data(), piece.bytes.data(), piece.bytes.size());
            target = target.subspan(piece.bytes.size());
        }
    } else if (auto status = decodeNumbers(source, fields, at, unit, target); !status) {
        return status.error();
    }
    return result;
}

base::Result<tensor::Tensor> fromStrings(const Source& source, const TensorFields& fields,
                                         const tensor::Shape& shape, const std::byte* at) {
    const auto count = tensor::checkedElementCount(shape);
    if (!count || fields.strings.size() != static_cast<uint64_t>(*count))
        return source.error(at, "TensorProto.string_data: has {} elements, tensor \"{}\" is {}.",
                            fields.strings.size(), fields.name, tensor::toString(fields.type, shape));
    auto result = tensor::Tensor::zeros(fields.type, shape);
    auto values = result.mutableValues<std::string>();
    for (size_t i = 0; i < values.size(); ++i) values[i] = rawText(fields.strings[i]);
    return result;
}

base::Result<tensor::Tensor> fromExternal(Source& source, const TensorFields& fields,
                                          const tensor::Shape& shape, uint64_t byteSize,
                                          const std::byte* at) {
    std::string_view location;
    uint64_t offset = 0;
    std::optional<uint64_t> length;
    for (const auto entry : fields.externalEntries) {
        std::string_view key, value;
        Field field;
        FieldReader reader(kEntry, entry);
        while (reader.next(field)) {
            const std::string_view text(reinterpret_cast<const char*>(field.bytes.data()),
                                        field.bytes.size());
            (field.number == 1 ? key : value) = text;
        }
        if (reader.failed()) return source.error(reader);
        if (key == "location") {
            location = value;
        } else if (key == "offset" || key == "length") {
            const auto number = base::parseInteger(value);
            if (!number || *number < 0)
                return source.error(entry.data(),
                                    "TensorProto.external_data: the {} of tensor \"{}\" is no whole number "
                                    "of at least 0.",
                                    key, fields.name);
            if (key == "offset")
                offset = static_cast<uint64_t>(*number);
            else
                length = static_cast<uint64_t>(*number);
        }
    }
    if (length && *length != byteSize)
        return source.error(
            at, "TensorProto.external_data: the length of tensor \"{}\" is {} bytes, its shape wants {}.",
            fields.name, *length, byteSize);
    auto map = openExternal(source, location, at);
    if (!map) return map.error();
    const auto bytes = (*map)->bytes();
    if (offset > bytes.size() || byteSize > bytes.size() - offset)
        return source.error(
            at,
            "TensorProto.external_data: tensor \"{}\" needs bytes {} to {} of {}, which has only "
            "{}. The file is cut off or of another model; get it again.",
            fields.name, offset, offset + byteSize, location, bytes.size());
    return tensor::Tensor::borrowed(fields.type, shape, bytes.subspan(offset, byteSize), *map);
}

}  // namespace

base::Result<NamedTensor> readTensor(Source& source, Bytes message) {
    auto scanned = scan(source, message);
    if (!scanned) return scanned.error();
    const auto& fields = *scanned;
    const auto* at = message.data();
    if (fields.type == DataType::undefined)
        return source.error(at, "TensorProto.data_type: tensor \"{}\" has no element type.", fields.name);
    if (fields.dims.size() > 64)
        return source.error(at, "TensorProto.dims: tensor \"{}\" has {} dimensions, more than 64.",
                            fields.name, fields.dims.size());
    const tensor::Shape shape(fields.dims.begin(), fields.dims.end());
    const auto finish = [&](base::Result<tensor::Tensor> result) -> base::Result<NamedTensor> {
        if (!result) return result.error();
        return NamedTensor{fields.name, std::move(*result)};
    };
    if (fields.type == DataType::string) {
        if (fields.external || fields.raw)
            return source.error(at, "TensorProto: texts of tensor \"{}\" must be in string_data.",
                                fields.name);
        return finish(fromStrings(source, fields, shape, at));
    }
    const auto byteSize = tensor::checkedByteSize(fields.type, shape);
    if (!byteSize)
        return source.error(at, "TensorProto.dims: tensor \"{}\" has the impossible shape {}.", fields.name,
                            tensor::toString(shape));
    if (fields.external) return finish(fromExternal(source, fields, shape, *byteSize, at));
    if (!fields.raw || (fields.raw->empty() && !fields.typed.empty()))
        return finish(fromTyped(source, fields, shape, *byteSize, at));
    if (fields.raw->size() != *byteSize)
        return source.error(at, "TensorProto.raw_data: holds {} bytes, tensor \"{}\", {}, wants {}.",
                            fields.raw->size(), fields.name, tensor::toString(fields.type, shape), *byteSize);
    return NamedTensor{fields.name, tensor::Tensor::borrowed(fields.type, shape, *fields.raw, source.owner)};
}

}  // namespace lathe::formats::onnx
