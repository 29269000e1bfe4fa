// PNG through libpng's simplified interface, which reports errors as values.
#include <fmt/format.h>
#include <png.h>

#include "engine/ops/support_image.h"

namespace lathe::ops {
namespace {

// Frees what libpng holds for an image that was not read to the end.
struct Picture {
    png_image image{};
    Picture() { image.version = PNG_IMAGE_VERSION; }
    ~Picture() { png_image_free(&image); }
    Picture(const Picture&) = delete;
    Picture& operator=(const Picture&) = delete;
};

}  // namespace

base::Result<tensor::Tensor> decodePng(std::span<const std::byte> file, ImageChannels channels,
                                       std::string_view where, ImageStorage storage) {
    Picture picture;
    const auto bad = [&] {
        return base::Error::badInput(
            fmt::format("{}: is not a sound PNG image: {}.", where, picture.image.message));
    };
    if (png_image_begin_read_from_memory(&picture.image, file.data(), file.size()) == 0) return bad();
    const uint64_t width = picture.image.width, height = picture.image.height;
    if (auto ok = checkPixels(width, height, where); !ok) return ok.error();
    const bool colour = (picture.image.format & PNG_FORMAT_FLAG_COLOR) != 0;
    const bool gray = channels == ImageChannels::gray || (channels == ImageChannels::stored && !colour);
    picture.image.format = gray ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
    const int64_t shape[] = {static_cast<int64_t>(height), static_cast<int64_t>(width), gray ? 1 : 3};
    auto result = storage(shape);
    if (!result) return result;
    const png_color black{};
    if (png_image_finish_read(&picture.image, &black, result->mutableBytes().data(), 0, nullptr) == 0)
        return bad();
    return result;
}

}  // namespace lathe::ops
