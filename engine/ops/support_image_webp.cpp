// WebP through libwebp.
#include <fmt/format.h>
#include <webp/decode.h>

#include "engine/ops/support_image.h"

namespace lathe::ops {

base::Result<tensor::Tensor> decodeWebp(std::span<const std::byte> file, ImageChannels channels,
                                        std::string_view where, ImageStorage storage) {
    const auto bad = [&](std::string_view what) {
        return base::Error::badInput(fmt::format("{}: is not a sound WebP image: {}.", where, what));
    };
    const auto* data = reinterpret_cast<const uint8_t*>(file.data());
    WebPBitstreamFeatures features{};
    if (WebPGetFeatures(data, file.size(), &features) != VP8_STATUS_OK) return bad("its header is damaged");
    if (features.has_animation)
        return base::Error{
            fmt::format("{}: moving WebP images are not supported. Save one of its pictures.", where)};
    const auto width = static_cast<uint64_t>(features.width), height = static_cast<uint64_t>(features.height);
    if (auto ok = checkPixels(width, height, where); !ok) return ok.error();
    const bool gray = channels == ImageChannels::gray;
    const int64_t shape[] = {features.height, features.width, gray ? 1 : 3};
    auto result = storage(shape);
    if (!result) return result;
    // Premultiplied is what lies over black.
    WebPDecoderConfig config;
    if (WebPInitDecoderConfig(&config) == 0)
        return base::Error{fmt::format("{}: the WebP library has another version.", where)};
    std::vector<uint8_t> pixels(width * height * 4);
    config.output.colorspace = MODE_rgbA;
    config.output.is_external_memory = 1;
    config.output.u.RGBA = {pixels.data(), static_cast<int>(width * 4), pixels.size()};
    const auto status = WebPDecode(data, file.size(), &config);
    WebPFreeDecBuffer(&config.output);
    if (status != VP8_STATUS_OK) return bad("the data is damaged or cut off");
    dropAlpha(pixels, gray, result->mutableValues<uint8_t>());
    return result;
}

}  // namespace lathe::ops
