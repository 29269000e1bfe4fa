// WAV files: one, or a folder of them where sub-folders are classes.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/base/file_map.h"
#include "engine/data/decode_wav.h"
#include "engine/data/folder.h"
#include "engine/data/sources.h"

namespace lathe::data {
namespace {

constexpr std::array<std::string_view, 2> kExtensions = {".wav", ".wave"};
constexpr size_t kMostFileBytes = size_t{1} << 30;

// The mean of all channels: [frames].
tensor::Tensor mono(const tensor::Tensor& samples) {
    const auto channels = static_cast<size_t>(samples.dimension(0));
    const auto frames = static_cast<size_t>(samples.dimension(1));
    auto result = tensor::Tensor::zeros(tensor::DataType::float32, {samples.shape().data() + 1, 1});
    const auto in = samples.values<float>();
    const auto out = result.mutableValues<float>();
    for (size_t channel = 0; channel < channels; ++channel)
        for (size_t i = 0; i < frames; ++i) out[i] += in[channel * frames + i] / static_cast<float>(channels);
    return result;
}

// Cut or filled up with silence to `length` along the last axis.
tensor::Tensor fitted(const tensor::Tensor& samples, int64_t length) {
    auto shape = samples.shape();
    const auto from = static_cast<size_t>(shape.back()), to = static_cast<size_t>(length);
    if (from == to) return samples;
    shape.back() = length;
    auto result = tensor::Tensor::zeros(tensor::DataType::float32, shape);
    const auto in = samples.values<float>();
    const auto out = result.mutableValues<float>();
    const size_t rows = to > 0 ? out.size() / to : 0;
    for (size_t row = 0; row < rows; ++row)
        for (size_t i = 0; i < std::min(from, to); ++i) out[row * to + i] = in[row * from + i];
    return result;
}

base::Result<Sound> readSound(const std::filesystem::path& path) {
    const auto map = base::FileMap::open(path);
    if (!map) return map.error();
    if ((*map)->bytes().size() > kMostFileBytes)
        return base::Error::badInput(fmt::format("{}: is too large to be read at once ({} bytes).",
                                                 path.string(), (*map)->bytes().size()));
    return decodeWav((*map)->bytes(), path.string());
}

// Sounds of one sample rate: a model takes samples and cannot tell at which rate they were taken.
class WavSource final : public Source {
  public:
    WavSource(FolderContent content, bool isMono, int64_t length, int64_t rate)
        : m_content(std::move(content)), m_mono(isMono), m_length(length), m_rate(rate) {}

    int64_t size() const override { return static_cast<int64_t>(m_content.files.size()); }
    base::Result<Sample> at(int64_t index) const override {
        if (index < 0 || index >= size())
            return base::Error{fmt::format("There is no sound {}; the folder has {}.", index, size())};
        const auto& file = m_content.files[static_cast<size_t>(index)];
        const auto sound = readSound(file.path);
        if (!sound) return sound.error();
        if (sound->sampleRate != m_rate)
            return base::Error::badInput(fmt::format(
                "{}: has {} samples a second, expected {} as {}. Convert it to that rate, or leave it out.",
                file.path.string(), sound->sampleRate, m_rate, m_content.files.front().path.string()));
        auto samples = m_mono ? mono(sound->samples) : sound->samples;
        if (m_length > 0) samples = fitted(samples, m_length);
        return Sample{std::move(samples), file.label, file.path.filename().string()};
    }
    std::string describe() const override {
        return describeSamples(size(), fmt::format("sounds at {} Hz", m_rate), m_content.classNames.size());
    }
    const std::vector<std::string>& classNames() const override { return m_content.classNames; }

  private:
    FolderContent m_content;
    bool m_mono;
    int64_t m_length;
    int64_t m_rate;  // samples a second
};

bool probe(const std::filesystem::path& path) { return holdsFiles(path, kExtensions); }

base::Result<std::shared_ptr<const Source>> open(const std::filesystem::path& path,
                                                 const base::Params& options,
                                                 const base::Progress& progress) {
    auto content = listFiles(path, kExtensions, options.text("split"), progress);
    if (!content) return content.error();
    const auto first = readSound(content->files.front().path);
    if (!first) return first.error();
    return std::shared_ptr<const Source>(
        std::make_shared<WavSource>(std::move(*content), options.text("channels") == "mono",
                                    options.integer("length"), first->sampleRate));
}

}  // namespace

Loader wavLoader() {
    return {.name = "wav",
            .title = "Sound (.wav, folder)",
            .options = {{.name = "channels",
                         .type = base::ParamType::choice,
                         .defaultValue = std::string("mono"),
                         .label = "Channels",
                         .help = "mono: the mean, [frames]; stored: [channels, frames].",
                         .choices = {"mono", "stored"}},
                        {.name = "length",
                         .type = base::ParamType::integer,
                         .defaultValue = int64_t{0},
                         .label = "Length",
                         .help = "Cut or fill up with silence to this many frames; 0: as it is.",
                         .unit = "frames",
                         .minimum = 0,
                         .maximum = 1e9},
                        {.name = "split",
                         .type = base::ParamType::text,
                         .defaultValue = std::string(),
                         .label = "Split",
                         .help = "The sub-folder that holds the wanted part (train, test, val)."}},
            .probe = probe,
            .open = open};
}

}  // namespace lathe::data
