// IEEE 754 binary16 and bfloat16 as storage types that convert to and from float (round to nearest even).
#pragma once

#include <bit>
#include <cstdint>
#include <type_traits>

namespace lathe::tensor {

float floatFromHalf(uint16_t bits);
uint16_t halfFromFloat(float value);

struct Float16 {
    uint16_t bits = 0;

    Float16() = default;
    explicit Float16(float value) : bits(halfFromFloat(value)) {}
    explicit Float16(double value);
    template <typename Integer>
    requires std::is_integral_v<Integer>
    explicit Float16(Integer value) : Float16(static_cast<double>(value)) {}
    operator float() const { return floatFromHalf(bits); }
};

struct BFloat16 {
    uint16_t bits = 0;

    BFloat16() = default;
    explicit BFloat16(float value) {
        const auto wide = std::bit_cast<uint32_t>(value);
        if ((wide & 0x7fffffffu) > 0x7f800000u)
            bits = static_cast<uint16_t>((wide >> 16) | 0x40);  // keep NaN a NaN
        else
            bits = static_cast<uint16_t>((wide + 0x7fffu + ((wide >> 16) & 1)) >> 16);
    }
    explicit BFloat16(double value) : BFloat16(static_cast<float>(value)) {}
    template <typename Integer>
    requires std::is_integral_v<Integer>
    explicit BFloat16(Integer value) : BFloat16(static_cast<float>(value)) {}
    operator float() const { return std::bit_cast<float>(uint32_t{bits} << 16); }
};

}  // namespace lathe::tensor
