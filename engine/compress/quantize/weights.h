// Weights as int8 codes and biases as int32 codes.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/tensor/tensor.h"

namespace lathe::compress::quantize {

struct QuantizedWeights {
    tensor::Tensor codes;       // int8, -127 to 127, zero point 0
    std::vector<float> scales;  // one, or one an index of `axis`
    std::optional<int64_t> axis;
};

// Symmetric: scale = largest magnitude / 127. With a bias the scale is at least what keeps bias / (inputScale
// * scale) inside int32, so a channel of almost-zero weights still has its bias.
QuantizedWeights quantizeWeights(const tensor::Tensor& weights, std::optional<int64_t> axis, float inputScale,
                                 std::span<const float> bias);

// bias = codes * inputScale * scale, zero point 0, which is what integer convolutions add to their sums.
struct QuantizedBias {
    tensor::Tensor codes;       // int32
    std::vector<float> scales;  // as many as the weights have
};
QuantizedBias quantizeBias(std::span<const float> bias, float inputScale, const QuantizedWeights& weights);

}  // namespace lathe::compress::quantize
