// Tensors of 16-bit floats for tests, converted one number after the other.
#pragma once

#include <algorithm>

#include "engine/tensor/tensor.h"

namespace lathe::test {

// The nearest halves of a tensor of float32; `type` is float16, bfloat16 or float32.
inline tensor::Tensor asHalves(const tensor::Tensor& wide, tensor::DataType type) {
    auto result = tensor::Tensor::zeros(type, wide.shape());
    const auto from = wide.values<float>();
    const auto convert = [&]<typename Half>(std::span<Half> to) {
        std::transform(from.begin(), from.end(), to.begin(), [](float x) { return Half(x); });
    };
    if (type == tensor::DataType::float16) convert(result.mutableValues<tensor::Float16>());
    if (type == tensor::DataType::bfloat16) convert(result.mutableValues<tensor::BFloat16>());
    return type == tensor::DataType::float32 ? wide : result;
}

// The distance of neighbouring halves below 2, half of which a rounding can take of the number 1.
inline double lastPlace(tensor::DataType type) {
    return type == tensor::DataType::float16 ? 0x1p-10 : 0x1p-7;
}

inline constexpr tensor::DataType kHalfTypes[] = {tensor::DataType::float16, tensor::DataType::bfloat16};

}  // namespace lathe::test
