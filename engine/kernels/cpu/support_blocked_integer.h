// What the integer convolutions on blocked channels share: which nodes they take, codes framed by the zero
// point, and the way from sums to codes.
//
// Products are of unsigned by signed bytes. Signed codes get 128 more while they are copied into a frame, and
// so does their zero point, whose part of every sum is known beforehand and goes into the bias.
#pragma once

#include "engine/kernels/cpu/support_blocked.h"
#include "engine/kernels/cpu/support_integer.h"

namespace lathe::kernels {

// Rank 4, weights that fit signed bytes, blocked result and residual; the input may have any layout.
std::optional<ConvShape> blockedIntegerConv(const Site& site);

// Codes of an image with the zero point round it, all as unsigned bytes.
class CodeFrame {
  public:
    CodeFrame(const ConvShape& shape, const Site& site);
    bool needed() const { return m_flip != 0 || m_frame.needed; }
    int64_t height() const { return m_frame.height; }
    int64_t width() const { return m_frame.width; }
    // Zero point of the unsigned codes.
    int32_t zero() const { return m_fill; }
    // One block of channels, or one row of the frame of one.
    void copy(const uint8_t* image, uint8_t* framed) const;
    void copyRow(const uint8_t* image, int64_t row, uint8_t* framed) const;
    // `channels` plain planes into places of four bytes.
    void interleave(const uint8_t* planes, uint8_t* framed) const;

  private:
    ConvShape m_shape;
    Frame m_frame;
    uint8_t m_flip = 0, m_fill = 0;
};

class IntegerEpilogue {
  public:
    // `weightSums`: one an output channel; `zero` of the unsigned codes.
    IntegerEpilogue(const Site& site, int64_t channels, std::span<const int32_t> weightSums, int32_t zero);
    // For a tile that starts at an output channel. `residual`: of the tile, or null.
    ByteFinish at(int64_t channel, const uint8_t* residual = nullptr) const;
    size_t packedBytes() const { return m_biases.size() * 8; }

  private:
    ByteFinish m_finish;
    std::vector<int32_t> m_biases;  // filled up to whole pairs of blocks
    std::vector<float> m_scales;
};

}  // namespace lathe::kernels
