// Quantization to uint8 with the range of the data, as DynamicQuantizeLinear defines it.
#pragma once

#include <algorithm>
#include <span>

#include "engine/ops/support_quantize.h"

namespace lathe::ops {

struct DynamicallyQuantized {
    Codes codes;
    float scale = 1;
    int64_t zeroPoint = 0;
};

inline DynamicallyQuantized dynamicallyQuantized(std::span<const float> x) {
    float lowest = 0, highest = 0;  // the range includes 0
    for (const float value : x) {
        lowest = std::min(lowest, value);
        highest = std::max(highest, value);
    }
    DynamicallyQuantized result;
    // A tensor of zeros has no range; any scale represents it.
    result.scale = lowest == highest ? 1.0f : (highest - lowest) / 255.0f;
    const CodeRange range = codeRange(tensor::DataType::uint8);
    result.zeroPoint = roundToCode(static_cast<double>(-lowest / result.scale), 0, range);
    result.codes.resize(x.size());
    for (size_t i = 0; i < x.size(); ++i)
        result.codes[i] = roundToCode(static_cast<double>(x[i] / result.scale), result.zeroPoint, range);
    return result;
}

}  // namespace lathe::ops
