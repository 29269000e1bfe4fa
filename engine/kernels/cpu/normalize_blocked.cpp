// InstanceNormalization and GroupNormalization on blocked channels. A group may begin and end inside a block,
// so moments are taken for each channel, of parts of the planes, and put together by group; then every
// channel has its own mean, factor and shift. Parallel over parts of planes.
#include "engine/kernels/cpu/support_blocked.h"
#include "engine/kernels/cpu/support_group_norm.h"
#include "engine/kernels/cpu/support_moments.h"

namespace lathe::kernels {
namespace {

constexpr int64_t kPartPlaces = 2048;
// Places whose sums are taken in float32.
constexpr int64_t kPiecePlaces = 256;

class NormalizeBlocked final : public Prepared {
  public:
    NormalizeBlocked(const Site& site, const GroupNormShape& shape)
        : m_shape(shape),
          m_blocks(blocksOf(shape.channels)),
          m_planes(shape.images * m_blocks),
          m_parts((shape.places + kPartPlaces - 1) / kPartPlaces) {
        for (const size_t i : {size_t{1}, size_t{2}}) {
            const auto values = constantOf(site, i)->values<float>();
            (i == 1 ? m_scale : m_bias).assign(values.begin(), values.end());
        }
    }

    size_t scratchBytes() const override { return momentBytes() + 4 * vectorBytes(); }
    size_t packedBytes() const override { return 2 * m_scale.size() * sizeof(float); }
    bool packs(size_t input) const override { return input > 0; }

    void run(const RunArguments& arguments) const override {
        auto* moments = reinterpret_cast<Moments*>(arguments.scratch);
        float* vectors[4] = {};  // mean, rest, factor, shift of each channel of each image
        for (size_t i = 0; i < 4; ++i)
            vectors[i] = floats(arguments.scratch + momentBytes() + i * vectorBytes());
        const int64_t block = channelBlock();
        const int64_t grain = std::max<int64_t>(1, 1024 / partPlaces());
        arguments.workers->forRange(m_planes * m_parts, grain, [&](int64_t begin, int64_t end) {
            for (int64_t task = begin; task < end; ++task)
                partMoments(partOf(task), floats(arguments.inputs[0]), moments + task * block);
        });
        for (int64_t image = 0; image < m_shape.images; ++image)
            for (int64_t channel = 0; channel < m_shape.channels; channel += m_shape.groupChannels)
                combine(image, channel, moments, vectors);
        clearFill(vectors);
        arguments.workers->forRange(m_planes * m_parts, grain, [&](int64_t begin, int64_t end) {
            for (int64_t task = begin; task < end; ++task) {
                const auto part = partOf(task);
                const int64_t at = part.start * block, first = task / m_parts * block;
                micro().normalizeBlock({floats(arguments.inputs[0]) + at, floats(arguments.outputs[0]) + at,
                                        part.places, vectors[0] + first, vectors[1] + first,
                                        vectors[2] + first, vectors[3] + first});
            }
        });
    }

  private:
    struct Part {
        int64_t start = 0, places = 0;
    };

    int64_t partPlaces() const { return (m_shape.places + m_parts - 1) / m_parts; }
    Part partOf(int64_t task) const {
        const int64_t plane = task / m_parts, part = task % m_parts, places = m_shape.places;
        const int64_t first = places * part / m_parts, last = places * (part + 1) / m_parts;
        return {plane * places + first, last - first};
    }
    size_t momentBytes() const {
        return scratchAligned(static_cast<size_t>(m_planes * m_parts * channelBlock()) * sizeof(Moments));
    }
    size_t vectorBytes() const {
        return scratchAligned(static_cast<size_t>(m_planes * channelBlock()) * sizeof(float));
    }

    // One for each channel of the block.
    static void partMoments(Part part, const float* in, Moments* result) {
        const int64_t block = channelBlock();
        float mean[kLargestBlock], rest[kLargestBlock], square[kLargestBlock];
        std::fill_n(result, block, Moments());
        for (int64_t first = 0; first < part.places; first += kPiecePlaces) {
            const int64_t places = std::min(kPiecePlaces, part.places - first);
            micro().blockMoments({in + (part.start + first) * block, places, mean, rest, square});
            for (int64_t i = 0; i < block; ++i) {
                const auto apart = static_cast<double>(rest[i]);
                Moments piece;
                piece.count = static_cast<double>(places);
                piece.mean = static_cast<double>(mean[i]) + apart;
                piece.squares = std::max(0.0, static_cast<double>(square[i]) - apart * apart) * piece.count;
                result[i].add(piece);
            }
        }
    }

    // The group that starts with a channel.
    void combine(int64_t image, int64_t channel, const Moments* moments, float* const (&vectors)[4]) const {
        const int64_t block = channelBlock();
        Moments all;
        for (int64_t c = channel; c < channel + m_shape.groupChannels; ++c) {
            const int64_t plane = image * m_blocks + c / block;
            for (int64_t part = 0; part < m_parts; ++part)
                all.add(moments[(plane * m_parts + part) * block + c % block]);
        }
        const auto found = all.normalizer(m_shape.epsilon);
        for (int64_t c = channel; c < channel + m_shape.groupChannels; ++c) {
            const int64_t at = image * m_blocks * block + c;
            vectors[0][at] = found.mean;
            vectors[1][at] = found.rest;
            vectors[2][at] = found.factor * m_scale[static_cast<size_t>(c)];
            vectors[3][at] = m_bias[static_cast<size_t>(c)];
        }
    }

    void clearFill(float* const (&vectors)[4]) const {
        const int64_t filled = m_blocks * channelBlock();
        for (float* vector : vectors)
            for (int64_t image = 0; image < m_shape.images; ++image)
                std::fill(vector + image * filled + m_shape.channels, vector + (image + 1) * filled, 0.0f);
    }

    GroupNormShape m_shape;
    int64_t m_blocks, m_planes, m_parts;
    std::vector<float> m_scale, m_bias;
};

bool accepts(const Site& site) {
    return groupNormShape(site) && constantOf(site, 1) && constantOf(site, 2) &&
           outputShape(site).size() == 4 && site.inputs[0].layout == Layout::blocked &&
           site.outputs[0].layout == Layout::blocked;
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    return std::unique_ptr<Prepared>(std::make_unique<NormalizeBlocked>(site, *groupNormShape(site)));
}

}  // namespace

std::vector<Kernel> normalizeBlockedKernels() {
    std::vector<Kernel> kernels;
    for (const auto& [op, name] :
         {std::pair<std::string_view, std::string_view>{"GroupNormalization", "normalize_blocked_group"},
          {"InstanceNormalization", "normalize_blocked_instance"}})
        kernels.push_back({.name = name,
                           .domain = {},
                           .op = op,
                           .summary = "float32 on blocked channels, scale and bias known",
                           .accepts = accepts,
                           .prepare = prepare,
                           .inPlace = overFirstInput,
                           .blocked = true});
    return kernels;
}

}  // namespace lathe::kernels
