#include "engine/formats/onnx/value_file.h"

#include "engine/formats/onnx/messages.h"
#include "engine/formats/onnx/read_tensor.h"

namespace lathe::formats::onnx {
namespace {

using tensor::RuntimeValue;
using ValueResult = base::Result<RuntimeValue>;

constexpr int kDeepest = 16;

ValueResult readSequence(Source& source, Bytes message, int depth);
ValueResult readMap(Source& source, Bytes message, int depth);
ValueResult readOptional(Source& source, Bytes message, int depth);

// The parts of sequences and optionals have the same numbers.
ValueResult readPart(Source& source, const Field& field, int depth) {
    if (depth > kDeepest) return source.error(field.at, "values are nested deeper than {}.", kDeepest);
    switch (field.number) {
        case 3: {
            auto tensor = readTensor(source, field.bytes);
            if (!tensor) return tensor.error();
            return RuntimeValue(std::move(tensor->tensor));
        }
        case 5:
            return readSequence(source, field.bytes, depth + 1);
        case 6:
            return readMap(source, field.bytes, depth + 1);
        case 7:
            return readOptional(source, field.bytes, depth + 1);
        default:
            return source.error(field.at, "sparse values are not read from files of their own.");
    }
}

ValueResult readSequence(Source& source, Bytes message, int depth) {
    tensor::Sequence sequence;
    Field field;
    FieldReader reader(kSequenceValue, message);
    while (reader.next(field)) {
        if (field.number < 3) continue;
        auto item = readPart(source, field, depth);
        if (!item) return item;
        if (const auto* tensor = item->tensor()) sequence.elementType = tensor->type();
        sequence.items.push_back(std::move(*item));
    }
    if (reader.failed()) return source.error(reader);
    return RuntimeValue(std::move(sequence));
}

ValueResult readMap(Source& source, Bytes message, int depth) {
    tensor::Map map;
    std::vector<int64_t> keys;
    std::vector<std::string> names;
    Field field;
    FieldReader reader(kMapValue, message);
    while (reader.next(field)) {
        if (field.number == 3) {
            const auto *at = field.bytes.data(), *end = at + field.bytes.size();
            while (at != end) {
                uint64_t key = 0;
                if (!readVarint(at, end, key)) return source.error(at, "MapProto.keys: a number is cut off.");
                keys.push_back(static_cast<int64_t>(key));
            }
        } else if (field.number == 4) {
            names.push_back(rawText(field.bytes));
        } else if (field.number == 5) {
            auto values = readSequence(source, field.bytes, depth + 1);
            if (!values) return values;
            map.values = values->sequence()->items;
        }
    }
    if (reader.failed()) return source.error(reader);
    map.keys =
        names.empty() ? tensor::Tensor::vector<int64_t>(keys) : tensor::Tensor::vector<std::string>(names);
    if (static_cast<size_t>(map.keys.elementCount()) != map.values.size())
        return source.error(message.data(), "MapProto: has {} keys and {} values.", map.keys.elementCount(),
                            map.values.size());
    return RuntimeValue(std::move(map));
}

ValueResult readOptional(Source& source, Bytes message, int depth) {
    tensor::Optional optional;
    Field field;
    FieldReader reader(kOptionalValue, message);
    while (reader.next(field)) {
        if (field.number < 3) continue;
        auto value = readPart(source, field, depth);
        if (!value) return value;
        optional.value = std::make_shared<const RuntimeValue>(std::move(*value));
    }
    if (reader.failed()) return source.error(reader);
    return RuntimeValue(std::move(optional));
}

}  // namespace

ValueResult readValueFile(const std::filesystem::path& path, const ir::ValueType& type) {
    using Kind = ir::ValueType::Kind;
    auto map = base::FileMap::open(path);
    if (!map) return map.error();
    Source source;
    source.label = path.string();
    source.bytes = (*map)->bytes();
    source.owner = *map;
    if (type.kind == Kind::sequence) return readSequence(source, source.bytes, 0);
    if (type.kind == Kind::map) return readMap(source, source.bytes, 0);
    if (type.kind == Kind::optional) return readOptional(source, source.bytes, 0);
    auto tensor = readTensor(source, source.bytes);
    if (!tensor) return tensor.error();
    auto& t = tensor->tensor;
    if (type.element == tensor::DataType::bfloat16 && t.type() == tensor::DataType::uint16)
        t = tensor::Tensor::borrowed(tensor::DataType::bfloat16, t.shape(), t.bytes(), t.owner());
    return RuntimeValue(std::move(t));
}

}  // namespace lathe::formats::onnx
