#include "engine/ops/support_image.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace lathe::ops {
namespace {

using Decode = base::Result<tensor::Tensor> (*)(std::span<const std::byte>, ImageChannels, std::string_view,
                                                ImageStorage);

struct Format {
    std::string_view name;
    std::string_view magic;
    size_t at = 0;  // where the magic lies
    Decode decode = nullptr;
};

constexpr std::array kFormats = {
    Format{"PNG", "\x89PNG", 0, decodePng},
    Format{"JPEG", "\xff\xd8\xff", 0, decodeJpeg},
    Format{"BMP", "BM", 0, decodeBmp},
    Format{"PNM", "P1", 0, decodePnm},
    Format{"PNM", "P2", 0, decodePnm},
    Format{"PNM", "P3", 0, decodePnm},
    Format{"PNM", "P4", 0, decodePnm},
    Format{"PNM", "P5", 0, decodePnm},
    Format{"PNM", "P6", 0, decodePnm},
    Format{"JPEG 2000", "jP  \r\n\x87\n", 4},
    Format{"JPEG 2000", "\xff\x4f\xff\x51", 0},
    Format{"TIFF", std::string_view("II*\0", 4), 0},
    Format{"TIFF", std::string_view("MM\0*", 4), 0},
    Format{"WebP", "WEBP", 8},
};

}  // namespace

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
        return base::Error::badInput(
            fmt::format("{}: is no image in the form of PNG, JPEG, BMP or PNM.", where));
    if (!format->decode)
        return base::Error{fmt::format(
            "{}: images in the form of {} are not supported. Save it as PNG or JPEG.", where, format->name)};
    return format->decode(file, channels, where, storage);
}

}  // namespace lathe::ops
