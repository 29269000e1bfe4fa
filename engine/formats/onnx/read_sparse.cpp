// SparseTensorProto: values and their places (onnx.proto3, SparseTensorProto).
#include <algorithm>
#include <cstring>
#include <vector>

#include "engine/formats/onnx/messages.h"
#include "engine/formats/onnx/read_tensor.h"

namespace lathe::formats::onnx {
namespace {

constexpr uint64_t kLargestDense = uint64_t{256} << 20;

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
    for (size_t i = 0; i < places.size(); ++i) {
        const int64_t limit = linear ? *count : dims[i % static_cast<size_t>(rank)];
        if (places[i] < 0 || places[i] >= limit) return wrong("has a place outside its shape");
    }
    return result;
}

base::Result<tensor::Tensor> dense(const Source& source, const ir::SparseTensor& sparse,
                                   const std::byte* at) {
    const auto& values = sparse.values;
    if (values.type() == tensor::DataType::string || tensor::isPacked(values.type()))
        return source.error(at, "SparseTensorProto: sparse tensors of type {} are not supported.",
                            tensor::name(values.type()));
    const auto size = tensor::checkedByteSize(values.type(), sparse.shape);
    if (!size || *size > kLargestDense)
        return source.error(at, "SparseTensorProto: a sparse tensor of shape {} takes too much memory.",
                            tensor::toString(sparse.shape));
    auto result = tensor::Tensor::zeros(values.type(), sparse.shape);
    if (values.empty()) return result;
    const auto target = result.mutableBytes();
    const auto element = static_cast<size_t>(tensor::bitWidth(values.type())) / 8;
    const auto places = tensor::toIntegers(sparse.indices);
    const auto strides = tensor::strides(sparse.shape);
    const bool linear = sparse.indices.rank() == 1;
    for (size_t i = 0; i < static_cast<size_t>(values.elementCount()); ++i) {
        int64_t place = linear ? places[i] : 0;
        for (size_t d = 0; !linear && d < strides.size(); ++d)
            place += places[i * strides.size() + d] * strides[d];
        std::memcpy(target.data() + static_cast<size_t>(place) * element, values.bytes().data() + i * element,
                    element);
    }
    return result;
}

}  // namespace lathe::formats::onnx
