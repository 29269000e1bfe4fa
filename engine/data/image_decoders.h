// Decoders of image files in memory. Both bound the picture before they allocate for it.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "engine/base/result.h"
#include "engine/tensor/tensor.h"

namespace lathe::data {

inline constexpr uint64_t kMostPixels = uint64_t{64} << 20;

enum class ImageChannels { stored, gray, rgb };

// uint8 [height, width, channels]; transparency is dropped over black, 16 bits are rounded to 8.
base::Result<tensor::Tensor> decodePng(std::span<const std::byte> file, ImageChannels channels,
                                       std::string_view where);
base::Result<tensor::Tensor> decodeJpeg(std::span<const std::byte> file, ImageChannels channels,
                                        std::string_view where);
// By the first bytes of the file.
base::Result<tensor::Tensor> decodeImage(std::span<const std::byte> file, ImageChannels channels,
                                         std::string_view where);

}  // namespace lathe::data
