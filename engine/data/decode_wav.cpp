#include "engine/data/decode_wav.h"

#include <fmt/format.h>

#include <bit>
#include <cstring>

#include "engine/data/little_endian.h"

namespace lathe::data {
namespace {

constexpr uint16_t kPcm = 1, kFloat = 3, kExtensible = 0xfffe;
constexpr int kMostChannels = 64;

bool isTag(std::span<const std::byte> bytes, size_t at, const char* tag) {
    return at + 4 <= bytes.size() && std::memcmp(bytes.data() + at, tag, 4) == 0;
}

float sampleAt(std::span<const std::byte> data, size_t at, int bits, bool isFloat) {
    if (isFloat) return std::bit_cast<float>(littleEndian<uint32_t>(data, at));
    switch (bits) {
        case 8:  // the only unsigned one
            return static_cast<float>(std::to_integer<int>(data[at]) - 128) / 128.0f;
        case 16:
            return static_cast<float>(littleEndian<int16_t>(data, at)) / 32768.0f;
        case 24: {
            const auto low = littleEndian<uint16_t>(data, at);
            const auto high = static_cast<int8_t>(data[at + 2]);
            return static_cast<float>(high * 65536 + low) / 8388608.0f;
        }
        default:
            return static_cast<float>(littleEndian<int32_t>(data, at)) / 2147483648.0f;
    }
}

}  // namespace

base::Result<Sound> decodeWav(std::span<const std::byte> file, std::string_view where) {
    const auto bad = [&](std::string_view what) {
        return base::Error::badInput(fmt::format("{}: is not a sound WAV file: {}.", where, what));
    };
    if (file.size() < 12 || !isTag(file, 0, "RIFF") || !isTag(file, 8, "WAVE"))
        return bad("it does not start with RIFF and WAVE");
    uint16_t format = 0;
    int channels = 0, bits = 0;
    Sound sound;
    for (size_t at = 12; at + 8 <= file.size();) {
        size_t size = littleEndian<uint32_t>(file, at + 4);
        const auto data = file.subspan(at + 8);
        const bool isData = isTag(file, at, "data");
        // Programs that stream leave the size of the last chunk open.
        if (isData && size > data.size()) size = data.size();
        if (size > data.size()) return bad(fmt::format("the chunk at byte {} is cut off", at));
        if (isTag(file, at, "fmt ")) {
            if (size < 16) return bad("the format chunk is too short");
            format = littleEndian<uint16_t>(data, 0);
            channels = littleEndian<uint16_t>(data, 2);
            sound.sampleRate = littleEndian<uint32_t>(data, 4);
            bits = littleEndian<uint16_t>(data, 14);
            if (format == kExtensible && size >= 26) format = littleEndian<uint16_t>(data, 24);
        } else if (isData) {
            const bool isFloat = format == kFloat && bits == 32;
            const bool isPcm = format == kPcm && (bits == 8 || bits == 16 || bits == 24 || bits == 32);
            if (channels < 1 || channels > kMostChannels || (!isFloat && !isPcm))
                return bad(fmt::format("format {} with {} bits and {} channels is not supported", format,
                                       bits, channels));
            const size_t step = static_cast<size_t>(bits) / 8;
            const size_t frames = size / step / static_cast<size_t>(channels);
            const int64_t shape[] = {channels, static_cast<int64_t>(frames)};
            sound.samples = tensor::Tensor::zeros(tensor::DataType::float32, shape);
            const auto out = sound.samples.mutableValues<float>();
            for (size_t frame = 0; frame < frames; ++frame)
                for (size_t channel = 0; channel < static_cast<size_t>(channels); ++channel)
                    out[channel * frames + frame] = sampleAt(
                        data, (frame * static_cast<size_t>(channels) + channel) * step, bits, isFloat);
            return sound;
        }
        at += 8 + size + (size & 1);
    }
    return bad("there is no data chunk");
}

}  // namespace lathe::data
