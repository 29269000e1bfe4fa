// 16-bit floats in kernels: which of the two they are, and whole tensors of them as float32 and back.
#pragma once

#include <optional>

#include "engine/kernels/cpu/micro.h"
#include "engine/kernels/cpu/support_site.h"

namespace lathe::kernels {

// float16 and bfloat16; nothing for all other types.
std::optional<HalfType> halfType(tensor::DataType type);

// Weights of a product of float32: constants of that type or of halves.
inline bool isHalfWeight(const Site& site, size_t input) {
    return constantOf(site, input) && halfType(site.inputs[input].type);
}
inline bool isWeight(const Site& site, size_t input) {
    return (constantOf(site, input) && isFloat(site, input)) || isHalfWeight(site, input);
}

// A tensor of halves, which may lie unaligned, as float32; any other as it is.
tensor::Tensor widened(const tensor::Tensor& tensor);
// A tensor of float32 as the nearest halves of that type.
tensor::Tensor narrowed(const tensor::Tensor& tensor, tensor::DataType type);

inline const uint16_t* halves(const std::byte* bytes) { return reinterpret_cast<const uint16_t*>(bytes); }
inline uint16_t* halves(std::byte* bytes) { return reinterpret_cast<uint16_t*>(bytes); }

}  // namespace lathe::kernels
