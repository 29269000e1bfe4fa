// Depthwise convolution of 8-bit integers on blocked channels. Four neighbouring places of a row become one
// word a channel, so that a dot product takes four taps; a task makes such a row once for all the rows of
// taps that read it, and keeps as many as a window is high. Windows with holes, and odd strides of wide
// windows, take single taps from a frame of the whole plane.
#include <array>
#include <cstring>

#include "engine/kernels/cpu/support_blocked_integer.h"

namespace lathe::kernels {
namespace {

constexpr int64_t kSlots = 32;
constexpr int64_t kWord = 4;
constexpr int64_t kHighest = 16;  // rows of a window that are kept

class ConvBlockedIntegerDepthwise final : public Prepared {
  public:
    ConvBlockedIntegerDepthwise(const ConvShape& shape, const Site& site)
        : m_shape(shape),
          m_frame(shape, site),
          m_blocks(blocksOf(shape.groups)),
          m_slots(std::min(kSlots, shape.batch * m_blocks)),
          m_wordCount((shape.kernelWidth + kWord - 1) / kWord),
          m_words(shape.dilationX == 1 && (m_wordCount == 1 || kWord % shape.strideX == 0) &&
                  ringRows() <= kHighest),
          m_epilogue(site, shape.groups, packWeights(signedWeights(site)), m_frame.zero()) {}

    size_t scratchBytes() const override {
        return m_words || m_frame.needed() ? static_cast<size_t>(m_slots) * slotBytes() : 0;
    }
    size_t packedBytes() const override {
        return m_weights.size() * sizeof(int32_t) + m_packedWords.size() + m_epilogue.packedBytes();
    }
    bool packs(size_t input) const override { return input > 0; }

    void run(const RunArguments& arguments) const override {
        const int64_t planes = m_shape.batch * m_blocks;
        arguments.workers->forRange(m_slots, 1, [&](int64_t begin, int64_t end) {
            for (int64_t slot = begin; slot < end; ++slot)
                for (int64_t plane = planes * slot / m_slots; plane < planes * (slot + 1) / m_slots;
                     ++plane) {
                    if (m_words)
                        runWords(plane, slot, arguments);
                    else
                        runPlane(plane, slot, arguments);
                }
        });
    }

  private:
    int64_t ringRows() const { return (m_shape.kernelHeight - 1) * m_shape.dilationY + 1; }
    // A row of the frame, with places behind it that a word may reach.
    int64_t rowBytes() const { return (m_frame.width() + kWord * m_wordCount) * channelBlock(); }
    // Words of a row that its outputs read.
    int64_t rowWords() const {
        return m_shape.outWidth + (m_wordCount > 1 ? (m_wordCount - 1) * kWord / m_shape.strideX : 0);
    }
    size_t slotBytes() const {
        if (!m_words)
            return scratchAligned(static_cast<size_t>(m_frame.height() * m_frame.width() * channelBlock()));
        return scratchAligned(static_cast<size_t>(rowBytes())) +
               scratchAligned(static_cast<size_t>(ringRows() * rowWords() * channelBlock() * kWord));
    }

    // [block][tap][channel], or [block][row of taps][word][channel][4]. Returns the sum of each channel's
    // weights.
    std::vector<int32_t> packWeights(const std::vector<int8_t>& weight) {
        const auto& s = m_shape;
        const int64_t block = channelBlock(), taps = s.kernelHeight * s.kernelWidth;
        const int64_t words = s.kernelHeight * m_wordCount;
        if (m_words)
            m_packedWords.assign(static_cast<size_t>(m_blocks * words * block * kWord), 0);
        else
            m_weights.assign(static_cast<size_t>(m_blocks * taps * block), 0);
        std::vector<int32_t> sums(static_cast<size_t>(s.groups), 0);
        for (int64_t c = 0; c < s.groups; ++c)
            for (int64_t tap = 0; tap < taps; ++tap) {
                const int8_t w = weight[static_cast<size_t>(c * taps + tap)];
                const int64_t y = tap / s.kernelWidth, x = tap % s.kernelWidth;
                const int64_t word = c / block * words + y * m_wordCount + x / kWord;
                if (m_words)
                    m_packedWords[static_cast<size_t>((word * block + c % block) * kWord + x % kWord)] = w;
                else
                    m_weights[static_cast<size_t>((c / block * taps + tap) * block + c % block)] = w;
                sums[static_cast<size_t>(c)] += w;
            }
        return sums;
    }

    void runWords(int64_t plane, int64_t slot, const RunArguments& arguments) const {
        const auto& s = m_shape;
        const int64_t block = channelBlock(), index = plane % m_blocks, kept = ringRows();
        const auto* input =
            reinterpret_cast<const uint8_t*>(arguments.inputs[0]) + plane * s.inPlane() * block;
        std::byte* scratch = arguments.scratch + static_cast<size_t>(slot) * slotBytes();
        auto* framed = reinterpret_cast<uint8_t*>(scratch);
        auto* ring = reinterpret_cast<int32_t*>(scratch + scratchAligned(static_cast<size_t>(rowBytes())));
        const auto ringRow = [&](int64_t y) { return ring + y % kept * rowWords() * block; };
        std::memset(framed + m_frame.width() * block, 0, static_cast<size_t>(kWord * m_wordCount * block));
        std::array<const int32_t*, kHighest> rows{};
        ByteWords words;
        words.count = rowWords();
        words.step = s.strideX;
        ByteDepthwiseWords output;
        output.rows = rows.data();
        output.rowCount = s.kernelHeight;
        output.wordCount = m_wordCount;
        output.wordStep = m_wordCount > 1 ? kWord / s.strideX : 0;
        output.weights = m_packedWords.data() + index * s.kernelHeight * m_wordCount * block * kWord;
        output.count = s.outWidth;
        output.finish = m_epilogue.at(index * block);
        output.output = reinterpret_cast<uint8_t*>(arguments.outputs[0]) + plane * s.outPlane() * block;
        int64_t made = 0;  // rows before this one are in the ring, as far as they are still needed
        for (int64_t y = 0; y < s.outHeight; ++y, output.output += s.outWidth * block) {
            for (made = std::max(made, y * s.strideY); made < y * s.strideY + kept; ++made) {
                m_frame.copyRow(input, made, framed);
                words.places = framed;
                words.words = ringRow(made);
                micro().byteWords(words);
            }
            for (int64_t ky = 0; ky < s.kernelHeight; ++ky)
                rows[static_cast<size_t>(ky)] = ringRow(y * s.strideY + ky * s.dilationY);
            micro().byteDepthwiseWords(output);
        }
    }

    void runPlane(int64_t plane, int64_t slot, const RunArguments& arguments) const {
        const auto& s = m_shape;
        const int64_t block = channelBlock(), index = plane % m_blocks;
        const auto* input =
            reinterpret_cast<const uint8_t*>(arguments.inputs[0]) + plane * s.inPlane() * block;
        int64_t pitch = s.inWidth * block;
        if (m_frame.needed()) {
            auto* frame =
                reinterpret_cast<uint8_t*>(arguments.scratch) + static_cast<size_t>(slot) * slotBytes();
            m_frame.copy(input, frame);
            input = frame;
            pitch = m_frame.width() * block;
        }
        ByteDepthwiseRow row;
        row.inputStride = pitch * s.dilationY;
        row.weights = m_weights.data() + index * s.kernelHeight * s.kernelWidth * block;
        row.kernelRows = s.kernelHeight;
        row.kernelColumns = s.kernelWidth;
        row.dilation = s.dilationX;
        row.stride = s.strideX;
        row.count = s.outWidth;
        row.finish = m_epilogue.at(index * block);
        auto* output = reinterpret_cast<uint8_t*>(arguments.outputs[0]) + plane * s.outPlane() * block;
        for (int64_t y = 0; y < s.outHeight; ++y) {
            row.input = input + y * s.strideY * pitch;
            row.output = output + y * s.outWidth * block;
            micro().byteDepthwiseRow(row);
        }
    }

    ConvShape m_shape;
    CodeFrame m_frame;
    int64_t m_blocks, m_slots, m_wordCount;
    bool m_words;
    std::vector<int32_t> m_weights;
    std::vector<int8_t> m_packedWords;
    IntegerEpilogue m_epilogue;
};

bool accepts(const Site& site) {
    const auto shape = blockedIntegerConv(site);
    return shape && !site.has(9) && site.inputs[0].layout == Layout::blocked && shape->groups > 1 &&
           shape->inChannels == 1 && shape->outChannels == 1;
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    return std::unique_ptr<Prepared>(
        std::make_unique<ConvBlockedIntegerDepthwise>(*blockedIntegerConv(site), site));
}

Kernel kernelOf(std::string_view domain) {
    return {.name = "conv_blocked_integer_depthwise",
            .domain = domain,
            .op = "QLinearConv",
            .summary = "one filter a channel, 8-bit operands on blocked channels; exact",
            .accepts = accepts,
            .prepare = prepare,
            .inPlace = nullptr,
            .blocked = true};
}

}  // namespace

std::vector<Kernel> convBlockedIntegerDepthwiseKernels() { return {kernelOf(""), kernelOf("lathe")}; }

}  // namespace lathe::kernels
