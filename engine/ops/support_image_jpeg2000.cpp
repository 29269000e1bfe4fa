// JPEG 2000 through OpenJPEG: the boxed form (JP2) and the bare code stream.
#include <fmt/format.h>
#include <openjpeg.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>

#include "engine/ops/support_image.h"

namespace lathe::ops {
namespace {

struct Source {
    std::span<const std::byte> file;
    size_t at = 0;
};

OPJ_SIZE_T read(void* to, OPJ_SIZE_T wanted, void* user) {
    auto& from = *static_cast<Source*>(user);
    const size_t count = std::min<size_t>(wanted, from.file.size() - from.at);
    if (count == 0) return static_cast<OPJ_SIZE_T>(-1);
    std::memcpy(to, from.file.data() + from.at, count);
    from.at += count;
    return count;
}

OPJ_OFF_T skip(OPJ_OFF_T count, void* user) {
    auto& from = *static_cast<Source*>(user);
    if (count < 0 || static_cast<uint64_t>(count) > from.file.size() - from.at) return -1;
    from.at += static_cast<size_t>(count);
    return count;
}

OPJ_BOOL seek(OPJ_OFF_T to, void* user) {
    auto& from = *static_cast<Source*>(user);
    if (to < 0 || static_cast<uint64_t>(to) > from.file.size()) return OPJ_FALSE;
    from.at = static_cast<size_t>(to);
    return OPJ_TRUE;
}

void keepMessage(const char* text, void* user) {
    auto& message = *static_cast<std::string*>(user);
    if (message.empty()) message = std::string(text, std::strcspn(text, "\r\n"));
}

template <auto destroy>
struct Release {
    void operator()(auto* thing) const { destroy(thing); }
};

// One component at a pixel, scaled to 0 to 255 and repeated where it is stored at a lower resolution.
uint8_t sample(const opj_image_comp_t& component, uint64_t x, uint64_t y) {
    const uint64_t column = std::min<uint64_t>(x / component.dx, component.w - 1);
    const uint64_t row = std::min<uint64_t>(y / component.dy, component.h - 1);
    const int64_t most = (int64_t{1} << component.prec) - 1;
    int64_t value = component.data[row * component.w + column];
    if (component.sgnd) value += (most + 1) / 2;
    return static_cast<uint8_t>((std::clamp<int64_t>(value, 0, most) * 255 + most / 2) / most);
}

// ITU-R BT.601, full range.
void yccToRgb(uint8_t* pixel) {
    const double y = pixel[0], cb = pixel[1] - 128.0, cr = pixel[2] - 128.0;
    const double rgb[] = {y + 1.402 * cr, y - 0.344136 * cb - 0.714136 * cr, y + 1.772 * cb};
    for (size_t i = 0; i < 3; ++i) pixel[i] = static_cast<uint8_t>(std::clamp(rgb[i], 0.0, 255.0) + 0.5);
}

bool readable(const opj_image_t& image) {
    return std::all_of(image.comps, image.comps + image.numcomps, [](const opj_image_comp_t& c) {
        return c.data && c.w > 0 && c.h > 0 && c.dx > 0 && c.dy > 0 && c.prec >= 1 && c.prec <= 31;
    });
}

}  // namespace

base::Result<tensor::Tensor> decodeJpeg2000(std::span<const std::byte> file, ImageChannels channels,
                                            std::string_view where, ImageStorage storage) {
    std::string message;
    const auto bad = [&] {
        return base::Error::badInput(
            fmt::format("{}: is not a sound JPEG 2000 image: {}.", where,
                        message.empty() ? "the data is damaged or cut off" : message));
    };
    const bool bare = !file.empty() && file[0] == std::byte{0xff};
    const std::unique_ptr<opj_codec_t, Release<opj_destroy_codec>> codec(
        opj_create_decompress(bare ? OPJ_CODEC_J2K : OPJ_CODEC_JP2));
    const std::unique_ptr<opj_stream_t, Release<opj_stream_destroy>> stream(
        opj_stream_create(size_t{1} << 16, OPJ_TRUE));
    if (!codec || !stream) return base::Error{fmt::format("{}: no memory to read it.", where)};
    Source from{file, 0};
    opj_stream_set_user_data(stream.get(), &from, nullptr);
    opj_stream_set_user_data_length(stream.get(), file.size());
    opj_stream_set_read_function(stream.get(), read);
    opj_stream_set_skip_function(stream.get(), skip);
    opj_stream_set_seek_function(stream.get(), seek);
    opj_set_error_handler(codec.get(), keepMessage, &message);
    opj_dparameters_t parameters;
    opj_set_default_decoder_parameters(&parameters);
    opj_image_t* header = nullptr;
    if (!opj_setup_decoder(codec.get(), &parameters) || !opj_read_header(stream.get(), codec.get(), &header))
        return bad();
    const std::unique_ptr<opj_image_t, Release<opj_image_destroy>> image(header);
    const uint64_t width = image->x1 - image->x0, height = image->y1 - image->y0;
    if (image->x1 <= image->x0 || image->y1 <= image->y0 || image->numcomps == 0) return bad();
    if (auto ok = checkPixels(width, height, where); !ok) return ok.error();
    if (image->numcomps > 4)
        return base::Error{
            fmt::format("{}: JPEG 2000 images of {} components are not supported. Save it as RGB.", where,
                        image->numcomps)};
    const bool storedGray = image->numcomps < 3;
    const bool gray = channels == ImageChannels::gray || (channels == ImageChannels::stored && storedGray);
    const int64_t shape[] = {static_cast<int64_t>(height), static_cast<int64_t>(width), gray ? 1 : 3};
    auto result = storage(shape);
    if (!result) return result;
    if (!opj_decode(codec.get(), stream.get(), image.get()) ||
        !opj_end_decompress(codec.get(), stream.get()) || !readable(*image))
        return bad();
    const bool alpha = image->numcomps % 2 == 0;
    std::vector<uint8_t> pixels(width * height * 4);
    for (uint64_t y = 0; y < height; ++y)
        for (uint64_t x = 0; x < width; ++x) {
            uint8_t* pixel = &pixels[(y * width + x) * 4];
            for (size_t c = 0; c < 3; ++c) pixel[c] = sample(image->comps[storedGray ? 0 : c], x, y);
            if (image->color_space == OPJ_CLRSPC_SYCC && !storedGray) yccToRgb(pixel);
            if (!alpha) continue;
            const unsigned opacity = sample(image->comps[image->numcomps - 1], x, y);
            for (size_t c = 0; c < 3; ++c) pixel[c] = static_cast<uint8_t>((pixel[c] * opacity + 127) / 255);
        }
    dropAlpha(pixels, gray, result->mutableValues<uint8_t>());
    return result;
}

}  // namespace lathe::ops
