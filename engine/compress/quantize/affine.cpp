#include "engine/compress/quantize/affine.h"

#include <algorithm>
#include <cmath>

namespace lathe::compress::quantize {

namespace {

// Below this a scale would lose precision as a denormal number or divide to infinity.
constexpr float kSmallestScale = 1e-30f;

}  // namespace

Codes codesOf(tensor::DataType type) {
    return type == tensor::DataType::uint8 ? Codes{0, 255} : Codes{-128, 127};
}

Affine affineFor(Range range, tensor::DataType type, bool symmetric) {
    const double low = std::min(0.0, static_cast<double>(range.low));
    const double high = std::max(0.0, static_cast<double>(range.high));
    const auto codes = codesOf(type);
    Affine affine{.scale = 1, .zero = 0, .type = type};
    if (symmetric) {
        affine.zero = type == tensor::DataType::uint8 ? 128 : 0;
        const auto scale = static_cast<float>(std::max(-low, high) / 127);
        if (scale > kSmallestScale) affine.scale = scale;
        return affine;
    }
    const auto scale = static_cast<float>((high - low) / static_cast<double>(codes.highest - codes.lowest));
    if (!(scale > kSmallestScale)) return affine;
    affine.scale = scale;
    const double zero = std::nearbyint(static_cast<double>(codes.lowest) - low / static_cast<double>(scale));
    affine.zero = std::clamp(static_cast<int64_t>(zero), codes.lowest, codes.highest);
    return affine;
}

int64_t quantized(float x, const Affine& affine) {
    const auto codes = codesOf(affine.type);
    const double code =
        std::nearbyint(static_cast<double>(x / affine.scale)) + static_cast<double>(affine.zero);
    if (std::isnan(code)) return affine.zero;
    return static_cast<int64_t>(
        std::clamp(code, static_cast<double>(codes.lowest), static_cast<double>(codes.highest)));
}

float dequantized(int64_t code, const Affine& affine) {
    return affine.scale * static_cast<float>(code - affine.zero);
}

tensor::Tensor quantizedTensor(std::span<const float> numbers, tensor::Dimensions shape,
                               const Affine& affine) {
    auto result = tensor::Tensor::zeros(affine.type, shape);
    if (affine.type == tensor::DataType::uint8) {
        auto out = result.mutableValues<uint8_t>();
        for (size_t i = 0; i < out.size(); ++i) out[i] = static_cast<uint8_t>(quantized(numbers[i], affine));
    } else {
        auto out = result.mutableValues<int8_t>();
        for (size_t i = 0; i < out.size(); ++i) out[i] = static_cast<int8_t>(quantized(numbers[i], affine));
    }
    return result;
}

}  // namespace lathe::compress::quantize
