// TensorProto and SparseTensorProto to tensors that borrow the bytes of the file wherever its form allows.
#pragma once

#include <string_view>

#include "engine/formats/onnx/source.h"
#include "engine/ir/attribute.h"
#include "engine/tensor/tensor.h"

namespace lathe::formats::onnx {

struct NamedTensor {
    std::string_view name;
    tensor::Tensor tensor;
};

base::Result<NamedTensor> readTensor(Source& source, Bytes message);

struct NamedSparseTensor {
    std::string_view name;  // of the values, as the standard has it
    ir::SparseTensor tensor;
};

base::Result<NamedSparseTensor> readSparseTensor(Source& source, Bytes message);
// With the zeros written out. Bounded: a few bytes of file could otherwise ask for any amount of memory.
base::Result<tensor::Tensor> dense(const Source& source, const ir::SparseTensor& sparse, const std::byte* at);

}  // namespace lathe::formats::onnx
