// Which axes of a sample are height, width and channels.
#pragma once

#include <string_view>

#include "engine/base/result.h"
#include "engine/tensor/tensor.h"

namespace lathe::data {

// Sizes of a picture seen as [outer, height, width, inner] with channels in one of outer and inner.
struct ImageAxes {
    int64_t outer = 1, height = 0, width = 0, inner = 1;
    bool channelsFirst = false;
    bool hasChannels = false;
};

// [H, W], [H, W, C] and [C, H, W]; C is at most 4. Where both ends could be channels, the last is.
base::Result<ImageAxes> imageAxes(const tensor::Tensor& image);

// The axis with `count` channels: "first" or "last", or for "auto" the one that fits. The error says what
// to do.
base::Result<size_t> channelAxis(const tensor::Tensor& image, int64_t count, std::string_view axis);

// The elements as float32.
base::Result<tensor::Tensor> toFloat32(const tensor::Tensor& input);

}  // namespace lathe::data
