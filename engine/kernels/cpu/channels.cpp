// Moving whole channels (support_channels.h). Blocked: a block of the result takes its lanes from one block
// of an input, which is copied as it is, or puts lanes of several together. Plain (ChannelShuffle only):
// copies of planes.
#include <array>
#include <cstring>

#include "engine/kernels/cpu/support_blocked.h"
#include "engine/kernels/cpu/support_channels.h"

namespace lathe::kernels {
namespace {

constexpr int64_t kTaskFloats = 16384;

class ChannelsPlain final : public Prepared {
  public:
    ChannelsPlain(const Site& site, std::vector<ChannelMap> maps)
        : m_maps(std::move(maps)), m_batch(shapeOf(site, 0)[0]), m_plane(countOf(shapeOf(site, 0), 2, 4)) {
        for (const auto& input : site.inputs) m_inChannels.push_back(input.shape[1]);
    }

    void run(const RunArguments& arguments) const override {
        const int64_t grain = std::max<int64_t>(1, kTaskFloats / m_plane);
        for (size_t output = 0; output < m_maps.size(); ++output) {
            const auto& map = m_maps[output];
            const auto channels = static_cast<int64_t>(map.size());
            float* out = floats(arguments.outputs[output]);
            arguments.workers->forRange(m_batch * channels, grain, [&](int64_t begin, int64_t end) {
                for (int64_t i = begin; i < end; ++i) {
                    const auto& source = map[static_cast<size_t>(i % channels)];
                    const int64_t plane = i / channels * m_inChannels[source.input] + source.channel;
                    std::memcpy(out + i * m_plane, floats(arguments.inputs[source.input]) + plane * m_plane,
                                static_cast<size_t>(m_plane) * sizeof(float));
                }
            });
        }
    }

  private:
    std::vector<ChannelMap> m_maps;
    std::vector<int64_t> m_inChannels;
    int64_t m_batch, m_plane;
};

class ChannelsBlocked final : public Prepared {
  public:
    ChannelsBlocked(const Site& site, const std::vector<ChannelMap>& maps)
        : m_batch(shapeOf(site, 0)[0]), m_places(countOf(shapeOf(site, 0), 2, 4)) {
        for (size_t i = 0; i < site.inputs.size(); ++i) {
            m_inBlocks.push_back(isImage(site, i) ? blocksOf(shapeOf(site, i)[1]) : 0);
            const auto* constant = isImage(site, i) ? constantOf(site, i) : nullptr;
            m_packed.push_back(constant ? packed(*constant) : std::vector<float>());
        }
        for (size_t output = 0; output < maps.size(); ++output) addBlocks(output, maps[output]);
        m_pieces = std::max<int64_t>(1, m_places * channelBlock() / kTaskFloats);
    }

    size_t packedBytes() const override {
        size_t bytes = m_parts.size() * sizeof(Part);
        for (const auto& constant : m_packed) bytes += constant.size() * sizeof(float);
        return bytes;
    }
    bool packs(size_t input) const override { return !m_packed[input].empty(); }

    void run(const RunArguments& arguments) const override {
        const auto blocks = static_cast<int64_t>(m_blocks.size());
        const int64_t grain = std::max<int64_t>(1, kTaskFloats * m_pieces / (m_places * channelBlock()));
        arguments.workers->forRange(m_batch * blocks * m_pieces, grain, [&](int64_t begin, int64_t end) {
            for (int64_t task = begin; task < end; ++task) {
                const int64_t piece = task % m_pieces, image = task / m_pieces / blocks;
                runBlock(m_blocks[static_cast<size_t>(task / m_pieces % blocks)], image,
                         m_places * piece / m_pieces, m_places * (piece + 1) / m_pieces, arguments);
            }
        });
    }

  private:
    // Lanes of a block of the result that come from one block of an input.
    struct Part {
        size_t input = 0;
        int64_t block = 0;
        std::array<int32_t, kLargestBlock> lanes{};  // -1: from another part
    };
    struct Block {
        size_t output = 0;
        int64_t block = 0, blocks = 0;  // which, of how many
        size_t first = 0, last = 0;     // of m_parts
        bool copied = false;            // the one part as it is
    };

    // [N][block][H][W][channel of the block]
    static std::vector<float> packed(const tensor::Tensor& constant) {
        const auto& shape = constant.shape();
        const int64_t places = shape[2] * shape[3], lanes = channelBlock(), blocks = blocksOf(shape[1]);
        std::vector<float> result(static_cast<size_t>(shape[0] * blocks * places * lanes), 0);
        const auto values = constant.values<float>();
        for (int64_t i = 0; i < std::ssize(values); ++i) {
            const int64_t place = i % places, channel = i / places % shape[1], image = i / places / shape[1];
            const int64_t plane = image * blocks + channel / lanes;
            result[static_cast<size_t>((plane * places + place) * lanes + channel % lanes)] =
                values[static_cast<size_t>(i)];
        }
        return result;
    }

    void addBlocks(size_t output, const ChannelMap& map) {
        const auto lanes = static_cast<size_t>(channelBlock());
        for (size_t start = 0; start < map.size(); start += lanes) {
            Block block{output, static_cast<int64_t>(start / lanes),
                        blocksOf(static_cast<int64_t>(map.size())), m_parts.size()};
            bool inOrder = true;  // lane by lane one block of an input
            for (size_t lane = 0; lane < lanes && start + lane < map.size(); ++lane) {
                const auto& source = map[start + lane];
                inOrder = inOrder && source.channel != kNoChannel;
                if (source.channel == kNoChannel) continue;
                const auto from = static_cast<int32_t>(source.channel % channelBlock());
                inOrder = inOrder && from == static_cast<int32_t>(lane);
                partFor(block.first, source).lanes[lane] = from;
            }
            block.last = m_parts.size();
            block.copied = inOrder && block.last - block.first == 1;
            m_blocks.push_back(block);
        }
    }

    Part& partFor(size_t first, const ChannelSource& source) {
        const int64_t block = source.channel / channelBlock();
        for (size_t i = first; i < m_parts.size(); ++i)
            if (m_parts[i].input == source.input && m_parts[i].block == block) return m_parts[i];
        m_parts.push_back({source.input, block, {}});
        m_parts.back().lanes.fill(-1);
        return m_parts.back();
    }

    void runBlock(const Block& block, int64_t image, int64_t begin, int64_t end,
                  const RunArguments& arguments) const {
        const int64_t lanes = channelBlock();
        float* out = floats(arguments.outputs[block.output]) +
                     ((image * block.blocks + block.block) * m_places + begin) * lanes;
        const auto from = [&](const Part& part) {
            const int64_t plane = image * m_inBlocks[part.input] + part.block;
            const auto& constant = m_packed[part.input];
            const float* input = constant.empty() ? floats(arguments.inputs[part.input]) : constant.data();
            return input + (plane * m_places + begin) * lanes;
        };
        if (block.copied) {
            const float* in = from(m_parts[block.first]);
            if (in == out) return;  // the planner lets the part lie in its place of the whole
            std::memcpy(out, in, static_cast<size_t>((end - begin) * lanes) * sizeof(float));
            return;
        }
        std::array<LaneSource, kLargestBlock> sources;
        size_t count = 0;
        for (size_t i = block.first; i < block.last; ++i)
            sources[count++] = {from(m_parts[i]), m_parts[i].lanes.data()};
        micro().gatherLanes(sources.data(), static_cast<int64_t>(count), out, end - begin);
    }

    std::vector<Part> m_parts;
    std::vector<Block> m_blocks;  // of all outputs
    std::vector<int64_t> m_inBlocks;
    std::vector<std::vector<float>> m_packed;  // constants, by input
    int64_t m_batch, m_places, m_pieces = 1;
};

bool accepts(const Site& site) { return channelMaps(site).has_value(); }

bool acceptsBlocked(const Site& site) {
    const auto maps = channelMaps(site);
    if (!maps) return false;
    for (const auto& map : *maps)
        for (const auto& source : map)
            if (site.inputs[source.input].layout != Layout::blocked && !constantOf(site, source.input))
                return false;
    return std::all_of(site.outputs.begin(), site.outputs.end(), [](const Operand& output) {
        return output.type == tensor::DataType::undefined || output.layout == Layout::blocked;
    });
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    return std::unique_ptr<Prepared>(std::make_unique<ChannelsPlain>(site, *channelMaps(site)));
}

base::Result<std::unique_ptr<Prepared>> prepareBlocked(const Site& site) {
    return std::unique_ptr<Prepared>(std::make_unique<ChannelsBlocked>(site, *channelMaps(site)));
}

}  // namespace

std::vector<Kernel> channelsKernels() {
    std::vector<Kernel> kernels = {{.name = "channels",
                                    .domain = "lathe",
                                    .op = "ChannelShuffle",
                                    .summary = "float32, copies of planes",
                                    .accepts = accepts,
                                    .prepare = prepare,
                                    .inPlace = nullptr}};
    for (const std::string_view op : {"ChannelShuffle", "Concat", "Gather", "Pad", "Slice", "Split"})
        kernels.push_back({.name = "channels_blocked",
                           .domain = op == "ChannelShuffle" ? "lathe" : "",
                           .op = op,
                           .summary = "float32 on blocked channels, along the channels",
                           .accepts = acceptsBlocked,
                           .prepare = prepareBlocked,
                           .inPlace = nullptr,
                           .blocked = true});
    return kernels;
}

}  // namespace lathe::kernels
