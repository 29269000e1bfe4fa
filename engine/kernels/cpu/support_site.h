// Short questions that many kernels ask about a node.
#pragma once

#include <algorithm>
#include <memory>

#include "engine/kernels/kernel.h"

namespace lathe::kernels {

inline bool isFloat(const Site& site, size_t input) {
    return site.has(input) && site.inputs[input].type == tensor::DataType::float32;
}
inline bool makesFloat(const Site& site) {
    return !site.outputs.empty() && site.outputs[0].type == tensor::DataType::float32;
}
inline const tensor::Shape& shapeOf(const Site& site, size_t input) { return site.inputs[input].shape; }
inline const tensor::Tensor* constantOf(const Site& site, size_t input) {
    return site.has(input) ? site.inputs[input].constant : nullptr;
}
inline const tensor::Shape& outputShape(const Site& site) { return site.outputs[0].shape; }
// A constant scalar float, or `otherwise` when the input is omitted.
inline float scalarOr(const Site& site, size_t input, float otherwise) {
    const auto* constant = constantOf(site, input);
    return constant && constant->elementCount() == 1 ? static_cast<float>(constant->realAt(0)) : otherwise;
}
// The product of the dimensions [from, to).
inline int64_t countOf(tensor::Dimensions shape, size_t from, size_t to) {
    int64_t count = 1;
    for (size_t i = from; i < to; ++i) count *= shape[i];
    return count;
}

inline const float* floats(const std::byte* bytes) { return reinterpret_cast<const float*>(bytes); }
inline float* floats(std::byte* bytes) { return reinterpret_cast<float*>(bytes); }

inline constexpr size_t kScratchAlignment = 64;
inline size_t scratchAligned(size_t bytes) {
    return (bytes + kScratchAlignment - 1) / kScratchAlignment * kScratchAlignment;
}

// Output 0 over input 0.
inline int overFirstInput(const Site&, size_t output) { return output == 0 ? 0 : -1; }

}  // namespace lathe::kernels
