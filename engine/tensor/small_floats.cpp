#include "engine/tensor/small_floats.h"

#include <cmath>

namespace lathe::tensor {

float floatFromHalf(uint16_t bits) {
    const uint32_t sign = (bits & 0x8000u) << 16;
    const uint32_t exponent = (bits >> 10) & 0x1f;
    const uint32_t mantissa = bits & 0x3ffu;
    if (exponent == 0x1f) return std::bit_cast<float>(sign | 0x7f800000u | (mantissa << 13));
    if (exponent == 0) {
        const float magnitude = std::ldexp(static_cast<float>(mantissa), -24);
        return sign ? -magnitude : magnitude;
    }
    return std::bit_cast<float>(sign | ((exponent + 112) << 23) | (mantissa << 13));
}

uint16_t halfFromFloat(float value) {
    const auto wide = std::bit_cast<uint32_t>(value);
    const auto sign = static_cast<uint16_t>((wide >> 16) & 0x8000u);
    const uint32_t magnitude = wide & 0x7fffffffu;
    if (magnitude > 0x7f800000u) return static_cast<uint16_t>(sign | 0x7e00u);
    if (magnitude >= 0x477ff000u)
        return static_cast<uint16_t>(sign | 0x7c00u);        // 65520 and above round to infinity
    if (magnitude < 0x38800000u) {                           // below 2^-14: a subnormal half
        const float scaled = std::abs(value) * 16777216.0f;  // units of 2^-24, exact in float
        return static_cast<uint16_t>(sign | static_cast<uint16_t>(std::nearbyint(scaled)));
    }
    const uint32_t rounded = magnitude + 0xfffu + ((magnitude >> 13) & 1);
    return static_cast<uint16_t>(sign | ((rounded - 0x38000000u) >> 13));
}

Float16::Float16(double value) {
    // Rounding twice (double to float to half) may be off by one; round to odd in float first keeps the
    // result exact.
    auto narrow = static_cast<float>(value);
    if (std::isfinite(narrow) && static_cast<double>(narrow) != value) {
        auto raw = std::bit_cast<uint32_t>(narrow);
        if (std::abs(static_cast<double>(narrow)) > std::abs(value)) raw -= 1;
        narrow = std::bit_cast<float>(raw | 1u);
    }
    bits = halfFromFloat(narrow);
}

}  // namespace lathe::tensor
