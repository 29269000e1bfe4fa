// Decoders of image files in memory, for the op ImageDecoder and for data sets of images. All bound the
// picture before they allocate for it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "engine/base/function_ref.h"
#include "engine/base/result.h"
#include "engine/tensor/tensor.h"

namespace lathe::ops {

inline constexpr uint64_t kMostPixels = uint64_t{64} << 20;

enum class ImageChannels { stored, gray, rgb };

// Where the pixels go: zeroed uint8 of a shape, or an error of who has no room for them.
using ImageStorage = base::FunctionRef<base::Result<tensor::Tensor>(tensor::Dimensions)>;
inline constexpr auto kOwnStorage = [](tensor::Dimensions shape) -> base::Result<tensor::Tensor> {
    return tensor::Tensor::zeros(tensor::DataType::uint8, shape);
};

// By the first bytes of the file: uint8 [height, width, channels]. Transparency is dropped over black, 16
// bits are rounded to 8. An error of kind badInput says that the file is damaged or no image; of kind failed,
// that it may well be sound but is not read here: too large, or in a form that no decoder knows.
base::Result<tensor::Tensor> decodeImage(std::span<const std::byte> file, ImageChannels channels,
                                         std::string_view where, ImageStorage storage = kOwnStorage);

base::Result<tensor::Tensor> decodePng(std::span<const std::byte> file, ImageChannels channels,
                                       std::string_view where, ImageStorage storage = kOwnStorage);
base::Result<tensor::Tensor> decodeJpeg(std::span<const std::byte> file, ImageChannels channels,
                                        std::string_view where, ImageStorage storage = kOwnStorage);
// Without compression, 1 to 32 bits a pixel; always colours unless gray is wanted.
base::Result<tensor::Tensor> decodeBmp(std::span<const std::byte> file, ImageChannels channels,
                                       std::string_view where, ImageStorage storage = kOwnStorage);
// PBM, PGM and PPM, as numbers or bytes.
base::Result<tensor::Tensor> decodePnm(std::span<const std::byte> file, ImageChannels channels,
                                       std::string_view where, ImageStorage storage = kOwnStorage);

base::Result<tensor::Tensor> decodeWebp(std::span<const std::byte> file, ImageChannels channels,
                                        std::string_view where, ImageStorage storage = kOwnStorage);
base::Result<tensor::Tensor> decodeTiff(std::span<const std::byte> file, ImageChannels channels,
                                        std::string_view where, ImageStorage storage = kOwnStorage);
base::Result<tensor::Tensor> decodeJpeg2000(std::span<const std::byte> file, ImageChannels channels,
                                            std::string_view where, ImageStorage storage = kOwnStorage);

// Pixels of four bytes, red, green, blue and one that does not count, as colours or gray.
void dropAlpha(std::span<const uint8_t> pixels, bool gray, std::span<uint8_t> to);
// The error of a picture without pixels or with too many; nothing for others.
base::Status checkPixels(uint64_t width, uint64_t height, std::string_view where);
// Luma of ITU-R BT.601 in fixed point, rounded.
constexpr uint8_t luma(unsigned red, unsigned green, unsigned blue) {
    return static_cast<uint8_t>((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16);
}

}  // namespace lathe::ops
