#include "engine/data/inflate.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <limits>

namespace lathe::data {
namespace {

constexpr int kRaw = -15;       // window bits: no header
constexpr int kGzip = 15 + 16;  // window bits: gzip header and trailer

base::Result<Bytes> inflateExactly(std::span<const std::byte> compressed, uint64_t size, int windowBits,
                                   std::string_view where) {
    if (auto s = checkInflation(compressed.size(), size, where); !s) return s.error();
    auto result = std::make_shared<std::vector<std::byte>>(static_cast<size_t>(size));
    z_stream stream{};
    if (inflateInit2(&stream, windowBits) != Z_OK)
        return base::Error{fmt::format("{}: zlib could not start.", where)};
    constexpr size_t kPiece = std::numeric_limits<uInt>::max() / 2;
    size_t read = 0, written = 0;
    std::byte overflow{};  // one byte more than promised, to notice data that is longer
    int code = Z_OK;
    while (code == Z_OK) {
        const size_t in = std::min(compressed.size() - read, kPiece);
        const size_t out = std::min(result->size() - written, kPiece);
        stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(compressed.data() + read));
        stream.avail_in = static_cast<uInt>(in);
        auto* target = out > 0 ? result->data() + written : &overflow;
        stream.next_out = reinterpret_cast<Bytef*>(target);
        stream.avail_out = static_cast<uInt>(out > 0 ? out : 1);
        code = inflate(&stream, Z_NO_FLUSH);
        read += in - stream.avail_in;
        if (out > 0)
            written += out - stream.avail_out;
        else if (stream.avail_out == 0)
            code = Z_BUF_ERROR;
    }
    inflateEnd(&stream);
    if (code != Z_STREAM_END || written != result->size())
        return base::Error::badInput(
            fmt::format("{}: the compressed data is damaged at byte {} (after {} of {} bytes).", where, read,
                        written, size));
    return Bytes(std::move(result));
}

}  // namespace

base::Status checkInflation(uint64_t compressed, uint64_t uncompressed, std::string_view where) {
    if (uncompressed > kMostInflated)
        return base::Error::badInput(fmt::format("{}: says it holds {} bytes; at most {} are read.", where,
                                                 uncompressed, kMostInflated));
    if (uncompressed > kFreeInflation && uncompressed / kMostRatio > compressed)
        return base::Error::badInput(
            fmt::format("{}: says that {} bytes expand to {}; more than {} times is refused.", where,
                        compressed, uncompressed, kMostRatio));
    return {};
}

base::Result<Bytes> inflateRaw(std::span<const std::byte> compressed, uint64_t size, std::string_view where) {
    return inflateExactly(compressed, size, kRaw, where);
}

bool isGzip(std::span<const std::byte> file) {
    return file.size() >= 18 && file[0] == std::byte{0x1f} && file[1] == std::byte{0x8b};
}

base::Result<Bytes> inflateGzip(std::span<const std::byte> file, std::string_view where) {
    if (!isGzip(file)) return base::Error::badInput(fmt::format("{}: is not a gzip file.", where));
    uint64_t size = 0;  // of the trailer, little-endian, modulo 2^32
    for (size_t i = 0; i < 4; ++i) size |= std::to_integer<uint64_t>(file[file.size() - 4 + i]) << (8 * i);
    return inflateExactly(file, size, kGzip, where);
}

uint32_t crc32Of(std::span<const std::byte> bytes) {
    return static_cast<uint32_t>(::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

}  // namespace lathe::data
