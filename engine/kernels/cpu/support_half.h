// 16-bit floats in kernels: which of the two they are, and whole tensors of them as float32 and back.
#pragma once

#include <optional>

#include "engine/kernels/cpu/micro.h"
#include "engine/tensor/tensor.h"

namespace lathe::kernels {

// float16 and bfloat16; nothing for all other types.
std::optional<HalfType> halfType(tensor::DataType type);

// A tensor of halves, which may lie unaligned, as float32; any other as it is.
tensor::Tensor widened(const tensor::Tensor& tensor);
// A tensor of float32 as the nearest halves of that type.
tensor::Tensor narrowed(const tensor::Tensor& tensor, tensor::DataType type);

inline const uint16_t* halves(const std::byte* bytes) { return reinterpret_cast<const uint16_t*>(bytes); }
inline uint16_t* halves(std::byte* bytes) { return reinterpret_cast<uint16_t*>(bytes); }

}  // namespace lathe::kernels
