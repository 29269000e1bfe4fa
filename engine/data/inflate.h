// Bounded decompression of DEFLATE data (RFC 1951) and gzip files (RFC 1952) with zlib.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace lathe::data {

using Bytes = std::shared_ptr<const std::vector<std::byte>>;

// Small results may have any ratio; a large one must not be more than kMostRatio times its compressed form.
inline constexpr uint64_t kFreeInflation = uint64_t{16} << 20;
inline constexpr uint64_t kMostRatio = 200;
inline constexpr uint64_t kMostInflated = uint64_t{4} << 30;

// Checks the sizes a container claims before anything is allocated for them.
base::Status checkInflation(uint64_t compressed, uint64_t uncompressed, std::string_view where);

// Raw DEFLATE data that must give exactly `size` bytes.
base::Result<Bytes> inflateRaw(std::span<const std::byte> compressed, uint64_t size, std::string_view where);
// A gzip file of one member, whose trailer says the size.
base::Result<Bytes> inflateGzip(std::span<const std::byte> file, std::string_view where);
bool isGzip(std::span<const std::byte> file);

// CRC-32 as in ZIP and gzip.
uint32_t crc32Of(std::span<const std::byte> bytes);

}  // namespace lathe::data
