// BMP without compression (Microsoft, "Bitmap Storage"): a file header of 14 bytes, an information header, a
// palette, then rows of pixels, each filled up to 4 bytes, the lowest row first.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <vector>

#include "engine/ops/support_image.h"

namespace lathe::ops {
namespace {

constexpr size_t kFileHeader = 14, kOldHeader = 12, kHeader = 40;
constexpr uint32_t kNoCompression = 0, kBitFields = 3;

using Colour = std::array<uint8_t, 3>;  // red, green, blue

class BmpReader {
  public:
    explicit BmpReader(std::span<const std::byte> file) : m_file(file) {}

    // A number of up to 4 bytes, lowest first; nothing behind the end.
    std::optional<uint32_t> number(uint64_t at, size_t bytes) const {
        if (at > m_file.size() || bytes > m_file.size() - at) return {};
        uint32_t value = 0;
        for (size_t i = bytes; i-- > 0;) value = value << 8 | std::to_integer<uint32_t>(m_file[at + i]);
        return value;
    }
    // Where the number is known to lie inside.
    uint32_t inside(uint64_t at, size_t bytes) const { return number(at, bytes).value_or(0); }
    uint64_t size() const { return m_file.size(); }

  private:
    std::span<const std::byte> m_file;
};

struct Layout {
    uint64_t width = 0, height = 0, pixels = 0, stride = 0;
    unsigned bits = 0;
    bool topFirst = false;
    std::array<uint32_t, 3> masks = {};  // red, green, blue; for 16 and 32 bits
    std::vector<Colour> palette;         // for 1 to 8 bits
};

base::Result<Layout> readLayout(const BmpReader& reader, std::string_view where) {
    const auto bad = [&](std::string_view what) {
        return base::Error::badInput(fmt::format("{}: is not a sound BMP image: {}.", where, what));
    };
    const uint64_t header = reader.number(kFileHeader, 4).value_or(0);
    const bool old = header == kOldHeader;
    if ((!old && header < kHeader) || reader.size() < kFileHeader + header)
        return bad("its header is cut off");
    Layout layout;
    layout.pixels = reader.inside(10, 4);
    layout.width = reader.inside(18, old ? 2 : 4);
    const auto height = static_cast<int32_t>(reader.inside(old ? 20 : 22, old ? 2 : 4));
    layout.topFirst = height < 0;
    layout.height = static_cast<uint64_t>(height < 0 ? -int64_t{height} : int64_t{height});
    layout.bits = reader.inside(old ? 24 : 28, 2);
    const uint32_t compression = old ? kNoCompression : reader.inside(30, 4);
    if (compression != kNoCompression && compression != kBitFields)
        return base::Error{fmt::format(
            "{}: BMP images with compression {} are not supported. Save it without.", where, compression)};
    if (auto ok = checkPixels(layout.width, layout.height, where); !ok) return ok.error();
    uint64_t palette = kFileHeader + header;
    switch (layout.bits) {
        case 1:
        case 4:
        case 8: {
            const uint32_t most = 1u << layout.bits, used = old ? 0 : reader.inside(46, 4);
            const uint32_t count = used == 0 || used > most ? most : used;
            const uint64_t each = old ? 3 : 4;
            if (reader.size() - palette < count * each) return bad("its palette is cut off");
            for (uint32_t i = 0; i < count; ++i, palette += each)
                layout.palette.push_back({static_cast<uint8_t>(reader.inside(palette + 2, 1)),
                                          static_cast<uint8_t>(reader.inside(palette + 1, 1)),
                                          static_cast<uint8_t>(reader.inside(palette, 1))});
            break;
        }
        case 16:
            layout.masks = {0x7c00, 0x03e0, 0x001f};
            break;
        case 24:
        case 32:
            layout.masks = {0xff0000, 0x00ff00, 0x0000ff};
            break;
        default:
            return bad(fmt::format("a pixel has {} bits", layout.bits));
    }
    if (compression == kBitFields && (layout.bits == 16 || layout.bits == 32))
        for (size_t i = 0; i < 3; ++i) {
            const auto mask = reader.number(kFileHeader + kHeader + 4 * i, 4);
            if (!mask) return bad("its colour masks are cut off");
            layout.masks[i] = *mask;
        }
    layout.stride = (layout.width * layout.bits + 31) / 32 * 4;
    if (layout.pixels > reader.size() || reader.size() - layout.pixels < layout.stride * layout.height)
        return bad("its pixels are cut off");
    return layout;
}

uint8_t channel(uint32_t pixel, uint32_t mask) {
    if (mask == 0) return 0;
    const int shift = std::countr_zero(mask);
    return static_cast<uint8_t>(uint64_t{(pixel & mask) >> shift} * 255 / (mask >> shift));
}

}  // namespace

base::Result<tensor::Tensor> decodeBmp(std::span<const std::byte> file, ImageChannels channels,
                                       std::string_view where, ImageStorage storage) {
    const BmpReader reader(file);
    const auto layout = readLayout(reader, where);
    if (!layout) return layout.error();
    const bool gray = channels == ImageChannels::gray;
    const int64_t shape[] = {static_cast<int64_t>(layout->height), static_cast<int64_t>(layout->width),
                             gray ? 1 : 3};
    auto result = storage(shape);
    if (!result) return result;
    auto out = result->mutableValues<uint8_t>().begin();
    for (uint64_t y = 0; y < layout->height; ++y) {
        const uint64_t row =
            layout->pixels + layout->stride * (layout->topFirst ? y : layout->height - 1 - y);
        for (uint64_t x = 0; x < layout->width; ++x) {
            const uint64_t bit = x * layout->bits;
            Colour colour = {};
            if (layout->bits <= 8) {
                const auto code = reader.inside(row + bit / 8, 1) >> (8 - layout->bits - bit % 8) &
                                  ((1u << layout->bits) - 1);
                if (code < layout->palette.size()) colour = layout->palette[code];
            } else {
                const auto pixel = reader.inside(row + bit / 8, layout->bits / 8);
                for (size_t i = 0; i < 3; ++i) colour[i] = channel(pixel, layout->masks[i]);
            }
            if (gray)
                *out++ = luma(colour[0], colour[1], colour[2]);
            else
                out = std::copy(colour.begin(), colour.end(), out);
        }
    }
    return result;
}

}  // namespace lathe::ops
