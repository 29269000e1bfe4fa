#include "engine/compress/quantize/weights.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lathe::compress::quantize {

namespace {

constexpr float kLargestCode = 127;
// A quarter of int32, so that the sum of products has room beside the bias.
constexpr float kLargestBiasCode = 536870912;

}  // namespace

QuantizedWeights quantizeWeights(const tensor::Tensor& weights, std::optional<int64_t> axis, float inputScale,
                                 std::span<const float> bias) {
    const auto aligned = weights.aligned();
    const auto values = aligned.values<float>();
    const size_t channels = axis ? static_cast<size_t>(weights.dimension(static_cast<size_t>(*axis))) : 1;
    size_t inner = 1;
    for (size_t i = axis ? static_cast<size_t>(*axis) + 1 : weights.shape().size();
         i < weights.shape().size(); ++i)
        inner *= static_cast<size_t>(weights.dimension(i));
    const auto channelOf = [&](size_t index) { return axis ? index / inner % channels : 0; };

    QuantizedWeights result;
    result.axis = axis;
    result.scales.assign(channels, 0.0f);
    for (size_t i = 0; i < values.size(); ++i) {
        auto& scale = result.scales[channelOf(i)];
        scale = std::max(scale, std::fabs(values[i]) / kLargestCode);
    }
    for (size_t i = 0; i < bias.size(); ++i) {
        auto& scale = result.scales[axis ? i : 0];
        scale = std::max(scale, std::fabs(bias[i]) / inputScale / kLargestBiasCode);
    }
    for (auto& scale : result.scales)
        if (!(scale > std::numeric_limits<float>::min())) scale = 1;
    result.codes = tensor::Tensor::zeros(tensor::DataType::int8, weights.shape());
    auto codes = result.codes.mutableValues<int8_t>();
    for (size_t i = 0; i < values.size(); ++i) {
        const float code = std::nearbyint(values[i] / result.scales[channelOf(i)]);
        codes[i] = static_cast<int8_t>(std::clamp(code, -kLargestCode, kLargestCode));
    }
    return result;
}

QuantizedBias quantizeBias(std::span<const float> bias, float inputScale, const QuantizedWeights& weights) {
    QuantizedBias result;
    for (const float scale : weights.scales) result.scales.push_back(inputScale * scale);
    const auto count = static_cast<int64_t>(bias.size());
    result.codes = tensor::Tensor::zeros(tensor::DataType::int32, std::span(&count, 1));
    auto codes = result.codes.mutableValues<int32_t>();
    for (size_t i = 0; i < bias.size(); ++i) {
        const double scale = static_cast<double>(result.scales[result.scales.size() == 1 ? 0 : i]);
        const double code = std::nearbyint(static_cast<double>(bias[i]) / scale);
        codes[i] = static_cast<int32_t>(std::clamp(code, -2147483647.0, 2147483647.0));
    }
    return result;
}

}  // namespace lathe::compress::quantize
