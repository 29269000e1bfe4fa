// TIFF through libtiff, its first picture.
#include <fmt/format.h>
#include <tiffio.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <memory>
#include <string>

#include "engine/ops/support_image.h"

namespace lathe::ops {
namespace {

// The file in memory as libtiff reads it, and the first thing that it complains of.
struct Source {
    std::span<const std::byte> file;
    uint64_t at = 0;
    std::string message;
};

Source& source(thandle_t handle) { return *static_cast<Source*>(handle); }

tmsize_t read(thandle_t handle, void* to, tmsize_t wanted) {
    auto& from = source(handle);
    const uint64_t left = from.at < from.file.size() ? from.file.size() - from.at : 0;
    const auto count = std::min(left, static_cast<uint64_t>(std::max<tmsize_t>(wanted, 0)));
    if (count > 0) std::memcpy(to, from.file.data() + from.at, count);
    from.at += count;
    return static_cast<tmsize_t>(count);
}

toff_t seek(thandle_t handle, toff_t offset, int whence) {
    auto& from = source(handle);
    from.at = whence == SEEK_SET ? offset : (whence == SEEK_CUR ? from.at : from.file.size()) + offset;
    return from.at;
}

int keepMessage(TIFF*, void* user, const char* /*module*/, const char* format, va_list arguments) {
    auto& message = static_cast<Source*>(user)->message;
    char text[256] = "";
    std::vsnprintf(text, sizeof text, format, arguments);
    if (message.empty()) message = text;
    return 1;
}

int ignoreWarning(TIFF*, void*, const char*, const char*, va_list) { return 1; }

struct Close {
    void operator()(TIFF* tiff) const { TIFFClose(tiff); }
    void operator()(TIFFOpenOptions* options) const { TIFFOpenOptionsFree(options); }
};

std::unique_ptr<TIFF, Close> open(Source& from) {
    const std::unique_ptr<TIFFOpenOptions, Close> options(TIFFOpenOptionsAlloc());
    if (!options) return nullptr;
    // A strip may hold the whole picture, 16 bytes a pixel; nothing sound is larger.
    TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), static_cast<tmsize_t>(kMostPixels * 16));
    TIFFOpenOptionsSetErrorHandlerExtR(options.get(), keepMessage, &from);
    TIFFOpenOptionsSetWarningHandlerExtR(options.get(), ignoreWarning, nullptr);
    const auto write = [](thandle_t, void*, tmsize_t) -> tmsize_t { return 0; };
    const auto close = [](thandle_t) { return 0; };
    const auto size = [](thandle_t handle) -> toff_t { return source(handle).file.size(); };
    return std::unique_ptr<TIFF, Close>(TIFFClientOpenExt("image", "rm", &from, read, write, seek, close,
                                                          size, nullptr, nullptr, options.get()));
}

}  // namespace

base::Result<tensor::Tensor> decodeTiff(std::span<const std::byte> file, ImageChannels channels,
                                        std::string_view where, ImageStorage storage) {
    Source from{file, 0, {}};
    const auto bad = [&] {
        return base::Error::badInput(
            fmt::format("{}: is not a sound TIFF image: {}.", where,
                        from.message.empty() ? "the data is damaged or cut off" : from.message));
    };
    const auto tiff = open(from);
    if (!tiff) return bad();
    uint32_t width = 0, height = 0;
    if (!TIFFGetField(tiff.get(), TIFFTAG_IMAGEWIDTH, &width) ||
        !TIFFGetField(tiff.get(), TIFFTAG_IMAGELENGTH, &height))
        return bad();
    if (auto ok = checkPixels(width, height, where); !ok) return ok.error();
    char why[1024] = "";
    if (!TIFFRGBAImageOK(tiff.get(), why))
        return base::Error{fmt::format("{}: this kind of TIFF is not supported ({}). Save it as PNG.", where,
                                       std::string_view(why))};
    uint16_t photometric = PHOTOMETRIC_RGB;
    TIFFGetField(tiff.get(), TIFFTAG_PHOTOMETRIC, &photometric);
    const bool storedGray = photometric == PHOTOMETRIC_MINISBLACK || photometric == PHOTOMETRIC_MINISWHITE;
    const bool gray = channels == ImageChannels::gray || (channels == ImageChannels::stored && storedGray);
    const int64_t shape[] = {height, width, gray ? 1 : 3};
    auto result = storage(shape);
    if (!result) return result;
    // libtiff multiplies colours with alpha, which is what lies over black; a word holds red in its low byte.
    std::vector<uint32_t> words(size_t{width} * height);
    if (!TIFFReadRGBAImageOriented(tiff.get(), width, height, words.data(), ORIENTATION_TOPLEFT, 1))
        return bad();
    std::vector<uint8_t> pixels(words.size() * 4);
    for (size_t i = 0; i < words.size(); ++i) {
        pixels[4 * i] = static_cast<uint8_t>(TIFFGetR(words[i]));
        pixels[4 * i + 1] = static_cast<uint8_t>(TIFFGetG(words[i]));
        pixels[4 * i + 2] = static_cast<uint8_t>(TIFFGetB(words[i]));
    }
    dropAlpha(pixels, gray, result->mutableValues<uint8_t>());
    return result;
}

}  // namespace lathe::ops
