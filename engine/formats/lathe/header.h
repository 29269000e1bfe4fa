// The first 64 bytes of a flat file, as lathe.fbs describes them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "engine/base/result.h"

namespace lathe::formats::flat {

inline constexpr std::string_view kMagic("LATHE\r\n\0", 8);
inline constexpr uint32_t kVersion = 1;
inline constexpr size_t kHeaderSize = 64;

// Offsets count from the start of the file.
struct Header {
    uint64_t graphSize = 0;
    uint64_t weightsOffset = 0;
    uint64_t weightsSize = 0;
    uint64_t graphChecksum = 0;
};

std::array<std::byte, kHeaderSize> pack(const Header& header);
// Checked against the size of the file: both parts lie in it, and nothing else does. The message names the
// offset.
base::Result<Header> unpackHeader(std::span<const std::byte> file);

// CRC-64/XZ: the polynomial of ECMA-182, reflected. Finds what a bad cable or a bad disk does, not what a
// person does.
uint64_t checksum(std::span<const std::byte> bytes);

// Up to the next multiple of 64.
constexpr uint64_t aligned(uint64_t offset) { return (offset + 63) / 64 * 64; }

}  // namespace lathe::formats::flat
