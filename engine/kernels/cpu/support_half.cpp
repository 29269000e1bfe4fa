#include "engine/kernels/cpu/support_half.h"

namespace lathe::kernels {

std::optional<HalfType> halfType(tensor::DataType type) {
    if (type == tensor::DataType::float16) return HalfType::float16;
    if (type == tensor::DataType::bfloat16) return HalfType::bfloat16;
    return {};
}

tensor::Tensor widened(const tensor::Tensor& tensor) {
    const auto type = halfType(tensor.type());
    if (!type) return tensor;
    auto result = tensor::Tensor::zeros(tensor::DataType::float32, tensor.shape());
    if (!tensor.empty())
        micro().widenHalves(*type, halves(tensor.bytes().data()), floats(result.mutableBytes().data()),
                            tensor.elementCount());
    return result;
}

tensor::Tensor narrowed(const tensor::Tensor& tensor, tensor::DataType type) {
    auto result = tensor::Tensor::zeros(type, tensor.shape());
    if (!tensor.empty())
        micro().narrowFloats(*halfType(type), floats(tensor.bytes().data()),
                             halves(result.mutableBytes().data()), tensor.elementCount());
    return result;
}

}  // namespace lathe::kernels
