#include "engine/formats/lathe/header.h"

#include <fmt/format.h>

#include <bit>
#include <cstring>

#include "engine/formats/lathe/limits.h"

namespace lathe::formats::flat {
namespace {

static_assert(std::endian::native == std::endian::little, "the file is used as it lies in memory");

using Table = std::array<uint64_t, 256>;

// Table 0 moves the checksum by one byte, table n by n more zero bytes, so that eight bytes go at once.
constexpr std::array<Table, 8> checksumTables() {
    std::array<Table, 8> tables{};
    for (uint64_t byte = 0; byte < 256; ++byte) {
        uint64_t value = byte;
        for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1) ? 0xC96C5795D7870F42 : 0);
        tables[0][byte] = value;
    }
    for (size_t n = 1; n < tables.size(); ++n)
        for (size_t byte = 0; byte < 256; ++byte) {
            const auto value = tables[n - 1][byte];
            tables[n][byte] = (value >> 8) ^ tables[0][value & 0xff];
        }
    return tables;
}

constexpr auto kTables = checksumTables();

template <typename T>
T at(std::span<const std::byte> file, size_t offset) {
    T value;
    std::memcpy(&value, file.data() + offset, sizeof(T));
    return value;
}

template <typename... Args>
base::Error damaged(size_t offset, fmt::format_string<Args...> text, Args&&... args) {
    return base::Error::badInput(
        fmt::format("header, offset {}: {}", offset, fmt::format(text, std::forward<Args>(args)...)));
}

}  // namespace

std::array<std::byte, kHeaderSize> pack(const Header& header) {
    std::array<std::byte, kHeaderSize> bytes{};
    const auto put = [&](size_t offset, auto value) {
        std::memcpy(bytes.data() + offset, &value, sizeof(value));
    };
    std::memcpy(bytes.data(), kMagic.data(), kMagic.size());
    put(8, kVersion);
    put(12, uint32_t{kHeaderSize});
    put(16, uint64_t{kHeaderSize});
    put(24, header.graphSize);
    put(32, header.weightsOffset);
    put(40, header.weightsSize);
    put(48, header.graphChecksum);
    return bytes;
}

base::Result<Header> unpackHeader(std::span<const std::byte> file) {
    const std::string_view text(reinterpret_cast<const char*>(file.data()),
                                std::min(file.size(), kMagic.size()));
    if (text.empty() || !text.starts_with(kMagic.substr(0, std::min<size_t>(5, text.size()))))
        return damaged(0, "this is no Lathe flat file. Choose a .lathe file.");
    if (file.size() < kHeaderSize)
        return damaged(file.size(), "the file ends in the header. Get the file again.");
    if (text != kMagic)
        return damaged(5, "the file was changed by a transfer as text. Get it again as binary data.");
    const auto version = at<uint32_t>(file, 8);
    if (version > kVersion)
        return damaged(8,
                       "the file is of version {} of the format, this program reads version {}. Update this "
                       "program, or export the model again with a Lathe of this version.",
                       version, kVersion);
    if (version == 0) return damaged(8, "there is no version 0 of the format. Get the file again.");
    if (const auto size = at<uint32_t>(file, 12); size != kHeaderSize)
        return damaged(12, "the header has {} bytes, expected {}. Get the file again.", size, kHeaderSize);
    if (const auto offset = at<uint64_t>(file, 16); offset != kHeaderSize)
        return damaged(16, "the graph is at {}, expected {}. Get the file again.", offset, kHeaderSize);
    Header header{.graphSize = at<uint64_t>(file, 24),
                  .weightsOffset = at<uint64_t>(file, 32),
                  .weightsSize = at<uint64_t>(file, 40),
                  .graphChecksum = at<uint64_t>(file, 48)};
    if (header.graphSize > file.size() - kHeaderSize || header.graphSize > kLargestGraph)
        return damaged(24, "the graph has {} bytes, the file {}: it is cut short. Get the file again.",
                       header.graphSize, file.size());
    if (const auto expected = aligned(kHeaderSize + header.graphSize);
        header.weightsOffset != expected || expected > file.size())
        return damaged(32, "the weights are at {}, expected {} in a file of {} bytes. Get the file again.",
                       header.weightsOffset, expected, file.size());
    if (header.weightsSize != file.size() - header.weightsOffset || header.weightsSize % kAlignment != 0)
        return damaged(40, "the weights have {} bytes, the file has {} for them. Get the file again.",
                       header.weightsSize, file.size() - header.weightsOffset);
    if (at<uint64_t>(file, 56) != 0)
        return damaged(56, "the last bytes of the header are not zero. Get the file again.");
    return header;
}

uint64_t checksum(std::span<const std::byte> bytes) {
    uint64_t value = ~uint64_t{0};
    for (; bytes.size() >= 8; bytes = bytes.subspan(8)) {
        value ^= at<uint64_t>(bytes, 0);
        uint64_t next = 0;
        for (size_t n = 0; n < 8; ++n) next ^= kTables[7 - n][(value >> (8 * n)) & 0xff];
        value = next;
    }
    for (const auto byte : bytes)
        value = (value >> 8) ^ kTables[0][(value ^ std::to_integer<uint64_t>(byte)) & 0xff];
    return ~value;
}

}  // namespace lathe::formats::flat
