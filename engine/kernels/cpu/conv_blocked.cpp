// Direct convolution on blocked channels: a tile is a run of output places by two blocks of output channels,
// and its sums stay in registers over the whole depth (input channels and taps). The input is read in place;
// where the window leaves the image it is copied into a frame of zeros first. The first layer reads plain
// channels and writes blocked ones. Bias, residual, clamp and function are applied in registers (`lathe`
// Conv).
#include <cstring>

#include "engine/base/memory_block.h"
#include "engine/kernels/cpu/support_blocked.h"

namespace lathe::kernels {
namespace {

// Plain input channels that the first layer takes as they are.
constexpr int64_t kFewChannels = 4;
// Input that one task goes through once for each pair of channel blocks: it should stay in the second-level
// cache beside the weights of that pair.
constexpr int64_t kChunkBytes = int64_t{384} << 10;

class ConvBlocked final : public Prepared {
  public:
    ConvBlocked(const ConvShape& shape, const Site& site)
        : m_shape(shape),
          m_plainInput(site.inputs[0].layout == Layout::plain),
          m_frame(frameOf(shape)),
          m_epilogue(site, shape.groups * shape.outChannels) {
        const int64_t block = channelBlock();
        m_inBlocks = m_plainInput ? shape.inChannels : blocksOf(shape.inChannels);
        m_outBlocks = blocksOf(shape.outChannels);
        m_panels = (m_outBlocks + 1) / 2;
        const bool oneTap = shape.kernelHeight == 1 && shape.kernelWidth == 1;
        // With one tap, the channels that fill up the last block are left out; with more they are multiplied
        // by zeros.
        m_depth = oneTap ? shape.inChannels
                         : m_inBlocks * shape.kernelHeight * shape.kernelWidth * (m_plainInput ? 1 : block);
        packWeights(*constantOf(site, 1));
        m_tiles = tilePlaces(shape, micro().rows, rowPitch(), m_plainInput ? 1 : block,
                             shape.pointwise() && !m_frame.needed);
        const int64_t inBytes = m_inBlocks * (m_plainInput ? 1 : block) * shape.inPlane() * 4;
        const auto tiles = static_cast<int64_t>(m_tiles.size());
        m_chunks = std::clamp<int64_t>(inBytes / kChunkBytes, 1, tiles);
        if (m_chunks * m_panels < 8) m_chunks = std::min<int64_t>(tiles, 8 / m_panels);
    }

    size_t scratchBytes() const override {
        if (!m_frame.needed) return 0;
        return static_cast<size_t>(m_shape.groups * m_inBlocks * frameChannel()) * sizeof(float) + 128;
    }
    size_t packedBytes() const override { return m_weights.size() + m_epilogue.packedBytes(); }
    bool packs(size_t input) const override { return input == 1 || input == 2; }

    void run(const RunArguments& arguments) const override {
        const auto& s = m_shape;
        const int64_t block = channelBlock();
        const int64_t inImage = s.groups * m_inBlocks * inChannel();
        const int64_t outImage = s.groups * m_outBlocks * block * s.outPlane();
        for (int64_t n = 0; n < s.batch; ++n) {
            const float* x = floats(arguments.inputs[0]) + n * inImage;
            if (m_frame.needed) x = copyIntoFrame(x, arguments);
            const int64_t tasks = s.groups * m_chunks * m_panels;
            arguments.workers->forRange(tasks, 1, [&](int64_t begin, int64_t end) {
                for (int64_t task = begin; task < end; ++task) runTask(task, x, n * outImage, arguments);
            });
        }
    }

  private:
    // Floats of one block of input channels (one channel when plain), in the image and in the frame.
    int64_t inChannel() const { return m_shape.inPlane() * (m_plainInput ? 1 : channelBlock()); }
    int64_t frameChannel() const {
        return m_frame.height * m_frame.width * (m_plainInput ? 1 : channelBlock());
    }
    int64_t rowPitch() const {
        return (m_frame.needed ? m_frame.width : m_shape.inWidth) * (m_plainInput ? 1 : channelBlock());
    }

    // Per group and pair of output blocks: [input block][ky][kx][channel][output channel], zero-filled.
    void packWeights(const tensor::Tensor& weight) {
        const auto& s = m_shape;
        const int64_t width = 2 * channelBlock(), taps = s.kernelHeight * s.kernelWidth;
        m_weights =
            base::MemoryBlock(static_cast<size_t>(s.groups * m_panels * m_depth * width) * sizeof(float));
        const bool inOrder = m_plainInput || taps == 1;
        const int64_t step = inOrder ? s.inChannels : channelBlock();
        std::vector<float> filters(static_cast<size_t>(step * taps * width));
        for (int64_t group = 0; group < s.groups; ++group)
            for (int64_t panel = 0; panel < m_panels; ++panel) {
                float* to = floats(m_weights.data()) + (group * m_panels + panel) * m_depth * width;
                if (inOrder) {
                    packFilters(weight, s, group, panel * width, 0, s.inChannels, to);
                    continue;
                }
                for (int64_t c = 0; c < s.inChannels; c += step) {
                    const int64_t count = std::min(step, s.inChannels - c);
                    packFilters(weight, s, group, panel * width, c, count, filters.data());
                    for (int64_t i = 0; i < count * taps; ++i)
                        std::memcpy(to + (c * taps + i % taps * step + i / taps) * width,
                                    filters.data() + i * width, static_cast<size_t>(width) * sizeof(float));
                }
            }
    }

    const float* copyIntoFrame(const float* x, const RunArguments& arguments) const {
        float* frame = floats(arguments.scratch);
        const int64_t pixel = m_plainInput ? 1 : channelBlock();
        arguments.workers->forRange(m_shape.groups * m_inBlocks, 1, [&](int64_t begin, int64_t end) {
            for (int64_t c = begin; c < end; ++c)
                copyFramed(m_shape, m_frame, x + c * inChannel(), frame + c * frameChannel(), pixel);
        });
        return frame;
    }

    void runTask(int64_t task, const float* x, int64_t outStart, const RunArguments& arguments) const {
        const auto& s = m_shape;
        const int64_t block = channelBlock(), width = 2 * block;
        const int64_t panel = task % m_panels, chunk = task / m_panels % m_chunks,
                      group = task / m_panels / m_chunks;
        const int64_t firstBlock = group * m_outBlocks + panel * 2;
        const int64_t channel = m_frame.needed ? frameChannel() : inChannel();
        const int64_t start = outStart + firstBlock * block * s.outPlane();
        FloatTile tile;
        tile.loops[0] = {m_inBlocks, channel};
        tile.loops[1] = {s.kernelHeight, s.dilationY * rowPitch()};
        tile.rowStride = s.strideX;
        tile.depth = s.kernelWidth;
        tile.depthStride = s.dilationX;
        if (!m_plainInput) {
            tile.rowStride = s.strideX * block;
            tile.depthStride = 1;
            tile.depth = block;
            if (s.dilationX == 1)
                tile.depth *= s.kernelWidth;
            else
                tile.loops[2] = {s.kernelWidth, s.dilationX * block};
            if (s.kernelHeight == 1 && s.kernelWidth == 1)
                tile.lastDepth = m_depth - (m_inBlocks - 1) * block;
            if (s.pointwise() && s.inPlane() == 1) {
                tile.depth = tile.lastDepth = m_depth;
                tile.loops[0] = {};
            }
        }
        tile.b = floats(m_weights.data()) + (group * m_panels + panel) * m_depth * width;
        tile.columns = std::min(width, (m_outBlocks - panel * 2) * block);
        tile.cStride = block;
        tile.cVectorStride = s.outPlane() * block;
        m_epilogue.apply(tile, firstBlock * block);
        const float* residual =
            arguments.inputs.size() > 3 && arguments.inputs[3] ? floats(arguments.inputs[3]) : nullptr;
        const float* input = x + group * m_inBlocks * channel;
        const auto tiles = static_cast<int64_t>(m_tiles.size());
        const int64_t first = tiles * chunk / m_chunks, last = tiles * (chunk + 1) / m_chunks;
        // The weights of the next pair of blocks come in while this one is computed, a slice a tile.
        const float* next = tile.b + m_depth * width;
        for (int64_t i = first; i < last; ++i) {
            const int64_t slice = (i - first) * kAhead;
            tile.ahead = slice < width ? next + slice * m_depth : nullptr;
            const auto& place = m_tiles[static_cast<size_t>(i)];
            tile.rows = place.rows;
            tile.a = input + place.in;
            tile.halfOffset = place.half;
            tile.c = floats(arguments.outputs[0]) + start + place.out;
            tile.residual = residual ? residual + start + place.out : nullptr;
            micro().floatTile(tile);
        }
    }

    ConvShape m_shape;
    bool m_plainInput;
    Frame m_frame;
    BlockedEpilogue m_epilogue;
    int64_t m_inBlocks = 0, m_outBlocks = 0, m_panels = 0, m_depth = 0, m_chunks = 1;
    std::vector<TilePlace> m_tiles;
    base::MemoryBlock m_weights;
};

bool accepts(const Site& site) {
    const auto shape = blockedConv(site);
    if (!shape) return false;
    const int64_t block = channelBlock();
    if (site.inputs[0].layout == Layout::plain)
        return shape->groups == 1 && shape->inChannels <= kFewChannels;
    return shape->groups == 1 || (shape->inChannels % block == 0 && shape->outChannels % block == 0);
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    return std::unique_ptr<Prepared>(std::make_unique<ConvBlocked>(*blockedConv(site), site));
}

Kernel kernelOf(std::string_view domain) {
    return {.name = "conv_blocked",
            .domain = domain,
            .op = "Conv",
            .summary = "float32 on blocked channels, constant weights, two spatial dimensions",
            .accepts = accepts,
            .prepare = prepare,
            .inPlace = overResidual,
            .blocked = true,
            .unalignedConstant = 1};
}

}  // namespace

std::vector<Kernel> convBlockedKernels() { return {kernelOf(""), kernelOf("lathe")}; }

}  // namespace lathe::kernels
