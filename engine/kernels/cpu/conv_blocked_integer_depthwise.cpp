// Depthwise convolution of 8-bit integers on blocked channels: a vector holds neighbouring channels of one
// place, widened, and is used for every output that it is a tap of. A task copies one block of channels into
// its own frame, which then stays in the cache.
#include "engine/kernels/cpu/support_blocked_integer.h"

namespace lathe::kernels {
namespace {

constexpr int64_t kSlots = 32;

class ConvBlockedIntegerDepthwise final : public Prepared {
  public:
    ConvBlockedIntegerDepthwise(const ConvShape& shape, const Site& site)
        : m_shape(shape),
          m_frame(shape, site),
          m_blocks(blocksOf(shape.groups)),
          m_slots(std::min(kSlots, shape.batch * m_blocks)),
          m_epilogue(site, shape.groups, packWeights(signedWeights(site)), m_frame.zero()) {}

    size_t scratchBytes() const override {
        return m_frame.needed() ? static_cast<size_t>(m_slots) * slotBytes() : 0;
    }
    size_t packedBytes() const override {
        return m_weights.size() * sizeof(int32_t) + m_epilogue.packedBytes();
    }
    bool packs(size_t input) const override { return input > 0; }

    void run(const RunArguments& arguments) const override {
        const int64_t planes = m_shape.batch * m_blocks;
        arguments.workers->forRange(m_slots, 1, [&](int64_t begin, int64_t end) {
            for (int64_t slot = begin; slot < end; ++slot)
                for (int64_t plane = planes * slot / m_slots; plane < planes * (slot + 1) / m_slots; ++plane)
                    runPlane(plane, slot, arguments);
        });
    }

  private:
    size_t slotBytes() const {
        return scratchAligned(static_cast<size_t>(m_frame.height() * m_frame.width() * channelBlock()));
    }

    // [block][tap][channel]. Returns the sum of each channel's weights.
    std::vector<int32_t> packWeights(const std::vector<int8_t>& weight) {
        const int64_t block = channelBlock(), taps = m_shape.kernelHeight * m_shape.kernelWidth;
        m_weights.assign(static_cast<size_t>(m_blocks * taps * block), 0);
        std::vector<int32_t> sums(static_cast<size_t>(m_shape.groups), 0);
        for (int64_t c = 0; c < m_shape.groups; ++c)
            for (int64_t tap = 0; tap < taps; ++tap) {
                const int32_t w = weight[static_cast<size_t>(c * taps + tap)];
                m_weights[static_cast<size_t>((c / block * taps + tap) * block + c % block)] = w;
                sums[static_cast<size_t>(c)] += w;
            }
        return sums;
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
    int64_t m_blocks, m_slots;
    std::vector<int32_t> m_weights;
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
