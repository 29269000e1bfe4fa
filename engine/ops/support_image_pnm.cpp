// PBM, PGM and PPM (Netpbm): the letters P1 to P6, width, height and the greatest number as texts, then
// numbers (P1 to P3) or bytes, two for numbers above 255. In PBM 1 is black; everything else is scaled to
// 255.
#include <fmt/format.h>

#include <optional>
#include <vector>

#include "engine/ops/support_image.h"

namespace lathe::ops {
namespace {

constexpr uint64_t kGreatest = 65535;

class PnmReader {
  public:
    explicit PnmReader(std::span<const std::byte> file) : m_file(file) {}

    uint64_t left() const { return m_file.size() - m_at; }
    std::optional<uint32_t> byte() {
        if (m_at == m_file.size()) return {};
        return std::to_integer<uint32_t>(m_file[m_at++]);
    }
    // Behind white space and comments, which run from # to the end of the line.
    std::optional<uint64_t> number() {
        skipSpace();
        uint64_t value = 0;
        const size_t start = m_at;
        for (; m_at < m_file.size() && isDigit(m_at) && value <= (uint64_t{1} << 32); ++m_at)
            value = value * 10 + std::to_integer<uint64_t>(m_file[m_at]) - '0';
        return m_at == start ? std::nullopt : std::optional(value);
    }
    // One digit of a PBM, which need not be apart from the next.
    std::optional<uint64_t> digit() {
        skipSpace();
        if (m_at == m_file.size() || !isDigit(m_at)) return {};
        return std::to_integer<uint64_t>(m_file[m_at++]) - '0';
    }

  private:
    bool isDigit(size_t at) const { return m_file[at] >= std::byte{'0'} && m_file[at] <= std::byte{'9'}; }
    void skipSpace() {
        for (bool comment = false; m_at < m_file.size(); ++m_at) {
            const auto c = static_cast<char>(m_file[m_at]);
            if (comment)
                comment = c != '\n' && c != '\r';
            else if (c == '#')
                comment = true;
            else if (std::string_view(" \t\n\v\f\r").find(c) == std::string_view::npos)
                return;
        }
    }

    std::span<const std::byte> m_file;
    size_t m_at = 2;  // behind the letters
};

}  // namespace

base::Result<tensor::Tensor> decodePnm(std::span<const std::byte> file, ImageChannels channels,
                                       std::string_view where, ImageStorage storage) {
    const auto bad = [&](std::string_view what) {
        return base::Error::badInput(fmt::format("{}: is not a sound PNM image: {}.", where, what));
    };
    if (file.size() < 3) return bad("it is cut off");
    const int kind = std::to_integer<int>(file[1]) - '0';
    const bool bits = kind == 1 || kind == 4, colour = kind == 3 || kind == 6, texts = kind <= 3;
    PnmReader reader(file);
    const auto width = reader.number(), height = reader.number();
    const auto greatest = bits ? std::optional<uint64_t>(1) : reader.number();
    if (!width || !height || !greatest || *greatest < 1 || *greatest > kGreatest)
        return bad("its header is damaged");
    if (auto ok = checkPixels(*width, *height, where); !ok) return ok.error();
    const uint64_t inRow = *width * (colour ? 3 : 1), wide = *greatest > 255 ? 2 : 1;
    // One white space ends the header; the shortest numbers are one digit.
    if (!reader.byte() || reader.left() < (kind == 4 ? (inRow + 7) / 8
                                           : texts   ? inRow
                                                     : inRow * wide) *
                                              *height)
        return bad("its pixels are cut off");
    const bool gray = channels == ImageChannels::gray || (channels == ImageChannels::stored && !colour);
    const int64_t shape[] = {static_cast<int64_t>(*height), static_cast<int64_t>(*width), gray ? 1 : 3};
    auto result = storage(shape);
    if (!result) return result;
    auto out = result->mutableValues<uint8_t>().begin();
    std::vector<uint8_t> row(inRow);
    for (uint64_t y = 0; y < *height; ++y) {
        uint32_t packed = 0;
        for (uint64_t i = 0; i < inRow; ++i) {
            std::optional<uint64_t> value;
            if (kind == 4) {
                if (i % 8 == 0) packed = reader.byte().value_or(0);
                value = packed >> (7 - i % 8) & 1;
            } else if (texts) {
                value = bits ? reader.digit() : reader.number();
            } else {
                value = reader.byte().value_or(0);
                if (wide == 2) value = *value << 8 | reader.byte().value_or(0);
            }
            if (!value || *value > *greatest) return bad(fmt::format("row {} is damaged", y));
            const auto scaled = static_cast<uint8_t>((*value * 255 + *greatest / 2) / *greatest);
            row[i] = bits ? static_cast<uint8_t>(255 - scaled) : scaled;
        }
        for (uint64_t x = 0; x < *width; ++x) {
            const auto* pixel = row.data() + x * (colour ? 3 : 1);
            if (!gray)
                for (size_t i = 0; i < 3; ++i) *out++ = pixel[colour ? i : 0];
            else
                *out++ = colour ? luma(pixel[0], pixel[1], pixel[2]) : *pixel;
        }
    }
    return result;
}

}  // namespace lathe::ops
