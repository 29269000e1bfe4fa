#include "engine/kernels/cpu/support_blocked_integer.h"

#include <cstring>

namespace lathe::kernels {
namespace {

using tensor::DataType;

bool isSigned(const Operand& operand) { return operand.type == DataType::int8; }

}  // namespace

std::optional<ConvShape> blockedIntegerConv(const Site& site) {
    const auto shape = convShape(site, 0, 3);
    if (!shape || outputShape(site).size() != 4 || site.outputs[0].layout != Layout::blocked) return {};
    const auto operands = integerOperands(site, shape->groups * shape->outChannels);
    if (!operands || !isByte(site.outputs[0].type) || !integerFinish(site, *operands)) return {};
    if (site.has(9) && site.inputs[9].layout != Layout::blocked) return {};
    return weightsFitBytes(site) ? shape : std::nullopt;
}

CodeFrame::CodeFrame(const ConvShape& shape, const Site& site)
    : m_shape(shape), m_frame(frameOf(shape)), m_flip(isSigned(site.inputs[0]) ? 0x80 : 0) {
    const auto* zero = constantOf(site, 2);
    m_fill = static_cast<uint8_t>((zero ? zero->integerAt(0) : 0) + m_flip);
}

void CodeFrame::copy(const uint8_t* image, uint8_t* framed) const {
    for (int64_t y = 0; y < m_frame.height; ++y)
        copyRow(image, y, framed + y * m_frame.width * channelBlock());
}

void CodeFrame::copyRow(const uint8_t* image, int64_t y, uint8_t* framed) const {
    const auto& s = m_shape;
    const int64_t pixel = channelBlock();
    const int64_t left = std::min(s.padLeft, m_frame.width);
    const int64_t inside = std::clamp<int64_t>(m_frame.width - left, 0, s.inWidth);
    const auto fill = [&](int64_t from, int64_t places) {
        std::memset(framed + from * pixel, m_fill, static_cast<size_t>(places * pixel));
    };
    const int64_t from = y - s.padTop;
    if (from < 0 || from >= s.inHeight) return fill(0, m_frame.width);
    fill(0, left);
    const uint8_t* row = image + from * s.inWidth * pixel;
    uint8_t* to = framed + left * pixel;
    if (m_flip)
        for (int64_t i = 0; i < inside * pixel; ++i) to[i] = row[i] ^ 0x80;
    else
        std::memcpy(to, row, static_cast<size_t>(inside * pixel));
    fill(left + inside, m_frame.width - left - inside);
}

void CodeFrame::interleave(const uint8_t* planes, uint8_t* framed) const {
    const auto& s = m_shape;
    const int64_t left = std::min(s.padLeft, m_frame.width);
    const int64_t inside = std::clamp<int64_t>(m_frame.width - left, 0, s.inWidth);
    const uint8_t* channels[4];
    // The weights of the channels that are not there are zero: any plane does.
    for (int64_t c = 0; c < 4; ++c) channels[c] = planes + std::min(c, s.inChannels - 1) * s.inPlane();
    for (int64_t y = 0; y < m_frame.height; ++y, framed += m_frame.width * 4) {
        const int64_t from = y - s.padTop;
        if (from < 0 || from >= s.inHeight) {
            std::memset(framed, m_fill, static_cast<size_t>(m_frame.width * 4));
            continue;
        }
        std::memset(framed, m_fill, static_cast<size_t>(left * 4));
        const uint8_t *c0 = channels[0] + from * s.inWidth, *c1 = channels[1] + from * s.inWidth,
                      *c2 = channels[2] + from * s.inWidth, *c3 = channels[3] + from * s.inWidth;
        uint8_t* to = framed + left * 4;
        for (int64_t x = 0; x < inside; ++x) {
            to[4 * x] = c0[x] ^ m_flip;
            to[4 * x + 1] = c1[x] ^ m_flip;
            to[4 * x + 2] = c2[x] ^ m_flip;
            to[4 * x + 3] = c3[x] ^ m_flip;
        }
        std::memset(to + inside * 4, m_fill, static_cast<size_t>((m_frame.width - left - inside) * 4));
    }
}

IntegerEpilogue::IntegerEpilogue(const Site& site, int64_t channels, std::span<const int32_t> weightSums,
                                 int32_t zero) {
    const auto operands = *integerOperands(site, channels);
    m_finish = *integerFinish(site, operands);
    if (site.has(9)) m_finish.sumFactor = sumFactor(m_finish);
    // A tile reads two vectors wherever it starts.
    const auto size = static_cast<size_t>((blocksOf(channels) + 1) * channelBlock());
    m_biases.assign(size, 0);
    m_scales.assign(size, 0);
    m_finish.scalesBelowOne = true;
    for (size_t c = 0; c < static_cast<size_t>(channels); ++c) {
        // Modulo 2^32, as the sums are.
        m_biases[c] =
            static_cast<int32_t>(static_cast<uint32_t>(operands.biases[c]) -
                                 static_cast<uint32_t>(weightSums[c]) * static_cast<uint32_t>(zero));
        m_scales[c] = operands.scales[c];
        m_finish.scalesBelowOne = m_finish.scalesBelowOne && m_scales[c] > -1 && m_scales[c] < 1;
    }
}

ByteFinish IntegerEpilogue::at(int64_t channel, const uint8_t* residual) const {
    ByteFinish finish = m_finish;
    finish.biases = m_biases.data() + channel;
    finish.scales = m_scales.data() + channel;
    finish.residual = residual;
    return finish;
}

}  // namespace lathe::kernels
