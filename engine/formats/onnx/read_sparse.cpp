// SparseTensorProto: values and their places (onnx.proto3, SparseTensorProto).
#include <optional>
#include <vector>

#include "engine/formats/onnx/messages.h"
#include "engine/formats/onnx/read_tensor.h"
#include "engine/ops/support_move.h"

namespace lathe::formats::onnx {
namespace {

constexpr uint64_t kLargestDense = uint64_t{256} << 20;

// Where value i lies in the dense tensor, counted row by row; nothing when its place is outside.
std::optional<int64_t> placeOf(const ir::SparseTensor& sparse, const std::vector<int64_t>& indices,
                               size_t i) {
    const auto rank = sparse.shape.size();
    if (sparse.indices.rank() == 1) {
        const bool inside = indices[i] >= 0 && indices[i] < tensor::elementCount(sparse.shape);
        return inside ? std::optional(indices[i]) : std::nullopt;
    }
    int64_t place = 0;
    for (size_t d = 0; d < rank; ++d) {
        const int64_t index = indices[i * rank + d];
        if (index < 0 || index >= sparse.shape[d]) return {};
        place = place * sparse.shape[d] + index;
    }
    return place;
}

}  // namespace

base::Result<NamedSparseTensor> readSparseTensor(Source& source, Bytes message) {
    NamedSparseTensor result;
    std::vector<int64_t> dims;
    Field field;
    FieldReader reader(kSparseTensor, message);
    while (reader.next(field)) {
        if (field.number == 3) {
            const auto* at = field.bytes.data();
            const auto* end = at + field.bytes.size();
            while (at != end) {
                uint64_t value = 0;
                if (!readVarint(at, end, value))
                    return source.error(at, "SparseTensorProto.dims: a number is cut off.");
                dims.push_back(static_cast<int64_t>(value));
            }
            continue;
        }
        auto part = readTensor(source, field.bytes);
        if (!part) return part.error();
        if (field.number == 1) result.name = part->name;
        (field.number == 1 ? result.tensor.values : result.tensor.indices) = std::move(part->tensor);
    }
    if (reader.failed()) return source.error(reader);
    const auto& [values, indices, shape] = result.tensor;
    const auto* at = message.data();
    const auto wrong = [&](std::string_view what) {
        return source.error(at, "SparseTensorProto: sparse tensor \"{}\" {}.", result.name, what);
    };
    if (dims.size() > 64) return wrong("has more than 64 dimensions");
    result.tensor.shape = tensor::Shape(dims.begin(), dims.end());
    const auto count = tensor::checkedElementCount(shape);
    if (!count) return wrong("has an impossible shape");
    if (!values.defined() || values.rank() != 1) return wrong("has no list of values");
    // Without places there is nothing but zeros.
    if (!indices.defined() && values.empty()) {
        result.tensor.indices = tensor::Tensor::zeros(tensor::DataType::int64, tensor::Shape{0});
        return result;
    }
    if (indices.type() != tensor::DataType::int64) return wrong("has places that are not int64");
    const auto rank = static_cast<int64_t>(dims.size());
    const bool linear = indices.rank() == 1 && indices.dimension(0) == values.dimension(0);
    const bool tuples =
        indices.rank() == 2 && indices.dimension(0) == values.dimension(0) && indices.dimension(1) == rank;
    if (!linear && !tuples) return wrong("has not one place a value");
    const auto places = tensor::toIntegers(indices);
    int64_t last = -1;
    for (size_t i = 0; i < static_cast<size_t>(values.elementCount()); ++i) {
        const auto place = placeOf(result.tensor, places, i);
        if (!place) return wrong("has a place outside its shape");
        if (*place <= last) return wrong("has places that are not in ascending order, or one place twice");
        last = *place;
    }
    return result;
}

base::Result<tensor::Tensor> dense(const Source& source, const ir::SparseTensor& sparse,
                                   const std::byte* at) {
    const auto& values = sparse.values;
    const auto count = tensor::checkedElementCount(sparse.shape);
    const auto size = values.type() == tensor::DataType::string && count && *count <= (int64_t{1} << 40)
                          ? std::optional<uint64_t>(static_cast<uint64_t>(*count) * sizeof(std::string))
                          : tensor::checkedByteSize(values.type(), sparse.shape);
    if (!size || *size > kLargestDense)
        return source.error(at, "SparseTensorProto: a sparse tensor of shape {} takes too much memory.",
                            tensor::toString(sparse.shape));
    auto result = tensor::Tensor::zeros(values.type(), sparse.shape);
    const auto given = values.aligned();
    ops::Mover mover(given, result);
    const auto places = tensor::toIntegers(sparse.indices);
    for (int64_t i = 0; i < values.elementCount(); ++i)
        mover.copy(*placeOf(sparse, places, static_cast<size_t>(i)), i);
    return result;
}

}  // namespace lathe::formats::onnx
