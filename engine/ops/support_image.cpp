#include "engine/ops/support_image.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace lathe::ops {
namespace {

using Decode = base::Result<tensor::Tensor> (*)(std::span<const std::byte>, ImageChannels, std::string_view,
                                                ImageStorage);

struct Format {
    std::string_view magic;
    size_t at = 0;  // where the magic lies
    Decode decode = nullptr;
};

constexpr std::array kFormats = {
    Format{"\x89PNG", 0, decodePng},
    Format{"\xff\xd8\xff", 0, decodeJpeg},
    Format{"BM", 0, decodeBmp},
    Format{"P1", 0, decodePnm},
    Format{"P2", 0, decodePnm},
    Format{"P3", 0, decodePnm},
    Format{"P4", 0, decodePnm},
    Format{"P5", 0, decodePnm},
    Format{"P6", 0, decodePnm},
    Format{"jP  \r\n\x87\n", 4, decodeJpeg2000},
    Format{"\xff\x4f\xff\x51", 0, decodeJpeg2000},
    Format{std::string_view("II*\0", 4), 0, decodeTiff},
    Format{std::string_view("MM\0*", 4), 0, decodeTiff},
    Format{std::string_view("II+\0", 4), 0, decodeTiff},
    Format{std::string_view("MM\0+", 4), 0, decodeTiff},
    Format{"WEBP", 8, decodeWebp},
};

}  // namespace

void dropAlpha(std::span<const uint8_t> pixels, bool gray, std::span<uint8_t> to) {
    for (size_t i = 0; i < pixels.size() / 4; ++i) {
        const auto* pixel = &pixels[4 * i];
        if (gray)
            to[i] = luma(pixel[0], pixel[1], pixel[2]);
        else
            std::copy_n(pixel, 3, &to[3 * i]);
    }
}

base::Status checkPixels(uint64_t width, uint64_t height, std::string_view where) {
    if (width == 0 || height == 0) return base::Error::badInput(fmt::format("{}: has no pixels.", where));
    if (width <= kMostPixels / height) return {};
    return base::Error{fmt::format("{}: {} x {} pixels are more than the {} million that are read.", where,
                                   width, height, kMostPixels >> 20)};
}

base::Result<tensor::Tensor> decodeImage(std::span<const std::byte> file, ImageChannels channels,
                                         std::string_view where, ImageStorage storage) {
    const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
    const auto* format = std::find_if(kFormats.begin(), kFormats.end(), [&](const Format& f) {
        return text.size() > f.at && text.substr(f.at).starts_with(f.magic);
    });
    if (format == kFormats.end())
        return base::Error::badInput(fmt::format(
            "{}: is no image in the form of PNG, JPEG, JPEG 2000, TIFF, WebP, BMP or PNM.", where));
    return format->decode(file, channels, where, storage);
}

}  // namespace lathe::ops
