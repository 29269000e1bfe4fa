// Direct convolution of 8-bit integers on blocked channels, as conv_blocked.cpp with one 32-bit word, four
// neighbouring channels, in the place of a float. The first layer reads plain channels, which it interleaves
// to words. Requantization and the addition of a residual of codes happen in registers.
#include <cstring>

#include "engine/base/memory_block.h"
#include "engine/kernels/cpu/support_blocked_integer.h"

namespace lathe::kernels {
namespace {

constexpr int64_t kWord = 4;
// Input that one task goes through once for each pair of channel blocks.
constexpr int64_t kChunkBytes = int64_t{384} << 10;

const uint8_t* codesOf(const std::byte* bytes) { return reinterpret_cast<const uint8_t*>(bytes); }
uint8_t* codesOf(std::byte* bytes) { return reinterpret_cast<uint8_t*>(bytes); }

class ConvBlockedInteger final : public Prepared {
  public:
    ConvBlockedInteger(const ConvShape& shape, const Site& site)
        : m_shape(shape),
          m_plainInput(site.inputs[0].layout == Layout::plain),
          m_frame(shape, site),
          m_pixel(m_plainInput ? kWord : channelBlock()),
          m_inBlocks(m_plainInput ? 1 : blocksOf(shape.inChannels)),
          m_outBlocks(blocksOf(shape.outChannels)),
          m_panels((m_outBlocks + 1) / 2),
          m_words(m_inBlocks * shape.kernelHeight * shape.kernelWidth * m_pixel / kWord),
          m_epilogue(site, shape.groups * shape.outChannels, packWeights(*constantOf(site, 3)),
                     m_frame.zero()) {
        m_tiles = tilePlaces(shape, micro().byteRows, rowPitch(), m_pixel, shape.pointwise());
        const auto tiles = static_cast<int64_t>(m_tiles.size());
        m_chunks = std::clamp<int64_t>(m_inBlocks * m_pixel * shape.inPlane() / kChunkBytes, 1, tiles);
        if (m_chunks * m_panels < 8) m_chunks = std::min<int64_t>(tiles, 8 / m_panels);
    }

    size_t scratchBytes() const override {
        if (!framed()) return 0;
        return static_cast<size_t>(m_shape.groups * m_inBlocks * channelBytes()) + 128;
    }
    size_t packedBytes() const override { return m_weights.size() + m_epilogue.packedBytes(); }
    bool packs(size_t input) const override { return input > 0 && input != 9; }

    void run(const RunArguments& arguments) const override {
        const auto& s = m_shape;
        const int64_t inImage =
            s.inPlane() * (m_plainInput ? s.inChannels : s.groups * m_inBlocks * channelBlock());
        const int64_t outImage = s.groups * m_outBlocks * channelBlock() * s.outPlane();
        for (int64_t n = 0; n < s.batch; ++n) {
            const uint8_t* x = codesOf(arguments.inputs[0]) + n * inImage;
            if (framed()) x = copyIntoFrame(x, arguments);
            const int64_t tasks = s.groups * m_chunks * m_panels;
            arguments.workers->forRange(tasks, 1, [&](int64_t begin, int64_t end) {
                for (int64_t task = begin; task < end; ++task) runTask(task, x, n * outImage, arguments);
            });
        }
    }

  private:
    bool framed() const { return m_plainInput || m_frame.needed(); }
    int64_t rowPitch() const { return (framed() ? m_frame.width() : m_shape.inWidth) * m_pixel; }
    // Of one block of input channels where the tiles read it.
    int64_t channelBytes() const { return rowPitch() * (framed() ? m_frame.height() : m_shape.inHeight); }

    // Per group and pair of output blocks: [input block][ky][kx][word][output channel][4], zero-filled.
    // Returns the sum of each output channel's weights.
    std::vector<int32_t> packWeights(const tensor::Tensor& weight) {
        const auto& s = m_shape;
        const int64_t block = channelBlock(), width = 2 * block;
        const int64_t filter = s.inChannels * s.kernelHeight * s.kernelWidth;
        m_weights = base::MemoryBlock(static_cast<size_t>(s.groups * m_panels * m_words * width * kWord));
        const auto flip = static_cast<uint8_t>(weight.type() == tensor::DataType::uint8 ? 0x80 : 0);
        std::vector<int32_t> sums;
        std::vector<float> rows(static_cast<size_t>(block * m_words));  // words: bits that are only moved
        for (int64_t group = 0; group < s.groups; ++group)
            for (int64_t first = 0; first < s.outChannels; first += block) {
                Transposition t;
                t.rows = std::min(block, s.outChannels - first);
                for (int64_t r = 0; r < t.rows; ++r) {
                    auto* row = reinterpret_cast<uint8_t*>(rows.data() + r * m_words);
                    const auto* from =
                        codesOf(weight.bytes().data()) + (group * s.outChannels + first + r) * filter;
                    sums.push_back(orderFilter(from, flip, row));
                }
                t.in = rows.data();
                t.inStride = t.columns = m_words;
                t.out = floats(m_weights.data()) + (group * m_panels + first / width) * m_words * width +
                        first % width;
                t.outStride = width;
                micro().transpose(t);
            }
        return sums;
    }

    // [input channel][tap] to [input block][tap][channel], zero-filled; the sum of the weights.
    int32_t orderFilter(const uint8_t* from, uint8_t flip, uint8_t* to) const {
        const int64_t taps = m_shape.kernelHeight * m_shape.kernelWidth, count = m_shape.inChannels * taps;
        int32_t sum = 0;
        for (int64_t i = 0; i < count; ++i) sum += static_cast<int8_t>(from[i] ^ flip);
        std::memset(to, 0, static_cast<size_t>(m_words * kWord));
        if (taps == 1) {
            for (int64_t i = 0; i < count; ++i) to[i] = from[i] ^ flip;
            return sum;
        }
        for (int64_t c = 0; c < m_shape.inChannels; c += m_pixel, to += taps * m_pixel) {
            const int64_t channels = std::min(m_pixel, m_shape.inChannels - c);
            for (int64_t i = 0; i < channels; ++i)
                for (int64_t tap = 0; tap < taps; ++tap) to[tap * m_pixel + i] = *from++ ^ flip;
        }
        return sum;
    }

    const uint8_t* copyIntoFrame(const uint8_t* x, const RunArguments& arguments) const {
        uint8_t* frame = codesOf(arguments.scratch);
        if (m_plainInput) {
            m_frame.interleave(x, frame);
            return frame;
        }
        const int64_t inChannel = m_shape.inPlane() * m_pixel;
        arguments.workers->forRange(m_shape.groups * m_inBlocks, 1, [&](int64_t begin, int64_t end) {
            for (int64_t c = begin; c < end; ++c) m_frame.copy(x + c * inChannel, frame + c * channelBytes());
        });
        return frame;
    }

    void runTask(int64_t task, const uint8_t* x, int64_t outStart, const RunArguments& arguments) const {
        const auto& s = m_shape;
        const int64_t block = channelBlock(), width = 2 * block;
        const int64_t panel = task % m_panels, chunk = task / m_panels % m_chunks,
                      group = task / m_panels / m_chunks;
        const int64_t firstBlock = group * m_outBlocks + panel * 2;
        const int64_t start = outStart + firstBlock * block * s.outPlane();
        ByteTile tile;
        tile.loops[0] = {m_inBlocks, channelBytes()};
        tile.loops[1] = {s.kernelHeight, s.dilationY * rowPitch()};
        tile.rowStride = s.strideX * m_pixel;
        tile.depth = m_pixel / kWord;
        if (s.dilationX == 1)
            tile.depth *= s.kernelWidth;
        else
            tile.loops[2] = {s.kernelWidth, s.dilationX * m_pixel};
        if (s.pointwise() && s.inPlane() == 1) {
            tile.depth = m_words;
            tile.loops[0] = {};
        }
        tile.b = reinterpret_cast<const int8_t*>(m_weights.data()) +
                 (group * m_panels + panel) * m_words * width * kWord;
        tile.columns = std::min(width, (m_outBlocks - panel * 2) * block);
        tile.cStride = block;
        tile.cVectorStride = s.outPlane() * block;
        tile.finish = m_epilogue.at(group * s.outChannels + panel * width);
        const uint8_t* residual =
            arguments.inputs.size() > 9 && arguments.inputs[9] ? codesOf(arguments.inputs[9]) : nullptr;
        const uint8_t* input = x + group * m_inBlocks * channelBytes();
        const auto tiles = static_cast<int64_t>(m_tiles.size());
        const int64_t first = tiles * chunk / m_chunks;
        const int64_t half = m_words * width * kWord / 2;
        for (int64_t i = first; i < tiles * (chunk + 1) / m_chunks; ++i) {
            // The first two tiles fetch the panel of the next task, half each.
            tile.soon = chunk == 0 && panel + 1 < m_panels && i < first + 2 ? tile.b + (2 + i - first) * half
                                                                            : nullptr;
            const auto& place = m_tiles[static_cast<size_t>(i)];
            tile.rows = place.rows;
            tile.a = input + place.in;
            tile.halfOffset = place.half;
            tile.c = codesOf(arguments.outputs[0]) + start + place.out;
            tile.finish.residual = residual ? residual + start + place.out : nullptr;
            micro().byteTile(tile);
        }
    }

    ConvShape m_shape;
    bool m_plainInput;
    CodeFrame m_frame;
    int64_t m_pixel, m_inBlocks, m_outBlocks, m_panels, m_words, m_chunks = 1;
    std::vector<TilePlace> m_tiles;
    base::MemoryBlock m_weights;
    IntegerEpilogue m_epilogue;
};

bool accepts(const Site& site) {
    const auto shape = blockedIntegerConv(site);
    if (!shape) return false;
    const int64_t block = channelBlock();
    if (site.inputs[0].layout == Layout::plain) return shape->groups == 1 && shape->inChannels <= kWord;
    return shape->groups == 1 || (shape->inChannels % block == 0 && shape->outChannels % block == 0);
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    return std::unique_ptr<Prepared>(std::make_unique<ConvBlockedInteger>(*blockedIntegerConv(site), site));
}

int overResidual(const Site& site, size_t) { return site.has(9) ? 9 : -1; }

Kernel kernelOf(std::string_view domain) {
    return {.name = "conv_blocked_integer",
            .domain = domain,
            .op = "QLinearConv",
            .summary = "8-bit operands on blocked channels, constant weights without zero point; exact",
            .accepts = accepts,
            .prepare = prepare,
            .inPlace = overResidual,
            .blocked = true,
            .unalignedConstant = 3};
}

}  // namespace

std::vector<Kernel> convBlockedIntegerKernels() { return {kernelOf(""), kernelOf("lathe")}; }

}  // namespace lathe::kernels
