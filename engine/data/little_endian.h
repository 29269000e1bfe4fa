// Numbers at a place in bytes from outside. The caller has checked that they lie inside.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>

namespace lathe::data {

template <typename T>
T littleEndian(std::span<const std::byte> bytes, size_t at) {
    assert(at <= bytes.size() && sizeof(T) <= bytes.size() - at);
    uint64_t number = 0;
    for (size_t i = 0; i < sizeof(T); ++i) number |= std::to_integer<uint64_t>(bytes[at + i]) << (8 * i);
    return static_cast<T>(number);
}

template <typename T>
T bigEndian(std::span<const std::byte> bytes, size_t at) {
    assert(at <= bytes.size() && sizeof(T) <= bytes.size() - at);
    uint64_t number = 0;
    for (size_t i = 0; i < sizeof(T); ++i) number = (number << 8) | std::to_integer<uint64_t>(bytes[at + i]);
    return static_cast<T>(number);
}

}  // namespace lathe::data
