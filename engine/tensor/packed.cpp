#include "engine/tensor/packed.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace lathe::tensor {
namespace {

// How a small float is laid out. `largest` is the code of the greatest finite magnitude.
struct Layout {
    int exponentBits, mantissaBits, bias;
    uint8_t largest;
    bool infinity;      // has infinities (IEEE style)
    bool unsignedZero;  // "UZ": 0x80 is the only NaN, no negative zero
    int bits;
};

Layout layoutOf(DataType type) {
    switch (type) {
        case DataType::float8e4m3fn:
            return {4, 3, 7, 0x7e, false, false, 8};
        case DataType::float8e4m3fnuz:
            return {4, 3, 8, 0x7f, false, true, 8};
        case DataType::float8e5m2:
            return {5, 2, 15, 0x7b, true, false, 8};
        case DataType::float8e5m2fnuz:
            return {5, 2, 16, 0x7f, false, true, 8};
        default:
            assert(type == DataType::float4e2m1);
            return {2, 1, 1, 0x7, false, false, 4};
    }
}

float magnitudeOf(const Layout& l, int code) {
    const int mantissa = code & ((1 << l.mantissaBits) - 1);
    const int exponent = code >> l.mantissaBits;
    const float fraction = static_cast<float>(mantissa) / static_cast<float>(1 << l.mantissaBits);
    if (exponent == 0) return std::ldexp(fraction, 1 - l.bias);
    return std::ldexp(1 + fraction, exponent - l.bias);
}

}  // namespace

uint8_t packedBits(std::span<const std::byte> bytes, int bits, int64_t index) {
    const auto perByte = 8 / bits;
    const auto byte = static_cast<uint8_t>(bytes[static_cast<size_t>(index / perByte)]);
    return static_cast<uint8_t>((byte >> (index % perByte * bits)) & ((1 << bits) - 1));
}

void setPackedBits(std::span<std::byte> bytes, int bits, int64_t index, uint8_t value) {
    const auto perByte = 8 / bits;
    auto& byte = bytes[static_cast<size_t>(index / perByte)];
    const auto shift = static_cast<int>(index % perByte * bits);
    const auto mask = static_cast<std::byte>(((1 << bits) - 1) << shift);
    byte = (byte & ~mask) | (static_cast<std::byte>(value << shift) & mask);
}

float floatFromCode(DataType type, uint8_t code) {
    constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
    if (type == DataType::float8e8m0) return code == 0xff ? kNan : std::ldexp(1.0f, code - 127);
    const Layout l = layoutOf(type);
    const uint8_t signBit = static_cast<uint8_t>(1 << (l.bits - 1));
    const bool negative = code & signBit;
    const int magnitude = code & (signBit - 1);
    if (l.unsignedZero && code == signBit) return kNan;
    if (magnitude > l.largest) {
        if (l.infinity && magnitude == l.largest + 1)
            return negative ? -std::numeric_limits<float>::infinity()
                            : std::numeric_limits<float>::infinity();
        return kNan;
    }
    const float value = magnitudeOf(l, magnitude);
    return negative ? -value : value;
}

uint8_t codeFromFloat(DataType type, float value, bool saturate) {
    if (type == DataType::float8e8m0) {
        if (std::isnan(value)) return 0xff;
        // Powers of two only; nearest exponent, out of range saturates or becomes NaN.
        if (value <= 0) return 0;
        if (std::isinf(value)) return saturate ? 0xfe : 0xff;
        int exponent = 0;
        const float fraction =
            std::frexp(value, &exponent);  // value = fraction * 2^exponent, fraction in [0.5, 1)
        const int code = exponent - 1 + 127 + (fraction >= 0.75f ? 1 : 0);
        if (code > 0xfe) return saturate ? 0xfe : 0xff;
        return static_cast<uint8_t>(std::max(code, 0));
    }
    const Layout l = layoutOf(type);
    const auto signBit = static_cast<uint8_t>(1 << (l.bits - 1));
    const auto sign = std::signbit(value) ? signBit : uint8_t{0};
    const auto nan = static_cast<uint8_t>(l.unsignedZero ? signBit : l.bits == 4 ? l.largest : sign | 0x7f);
    if (std::isnan(value)) return nan;
    const float magnitude = std::abs(value);
    const float largest = magnitudeOf(l, l.largest);
    // Halfway above the largest finite value still rounds down to it.
    const float limit = largest + (largest - magnitudeOf(l, l.largest - 1)) / 2;
    const bool outside = magnitude > limit || (magnitude == limit && (l.largest & 1));
    if (outside || std::isinf(value)) {
        if (saturate || l.bits == 4) return static_cast<uint8_t>(sign | l.largest);
        return l.infinity ? static_cast<uint8_t>(sign | (l.largest + 1)) : nan;
    }
    // Codes grow with magnitude: find the neighbours by bisection and take the nearer, the even one on a tie.
    int low = 0, high = l.largest;
    while (low < high) {
        const int middle = (low + high + 1) / 2;
        if (magnitudeOf(l, middle) <= magnitude)
            low = middle;
        else
            high = middle - 1;
    }
    int code = low;
    if (low < l.largest) {
        const float below = magnitude - magnitudeOf(l, low);
        const float above = magnitudeOf(l, low + 1) - magnitude;
        if (above < below || (above == below && (low & 1))) code = low + 1;
    }
    if (code == 0 && l.unsignedZero) return 0;
    return static_cast<uint8_t>(sign | code);
}

}  // namespace lathe::tensor
