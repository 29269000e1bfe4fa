// RIFF WAVE sound in memory: PCM of 8, 16, 24 or 32 bits and 32-bit float.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "engine/base/result.h"
#include "engine/tensor/tensor.h"

namespace lathe::data {

struct Sound {
    tensor::Tensor samples;  // float32 [channels, frames], PCM scaled to -1..1
    int64_t sampleRate = 0;
};
base::Result<Sound> decodeWav(std::span<const std::byte> file, std::string_view where);

}  // namespace lathe::data
