// What the convolutions on blocked channels share: which nodes they take, the frame of zeros round an image,
// and what is done with a sum before it is stored.
#pragma once

#include <optional>
#include <vector>

#include "engine/kernels/cpu/support_conv.h"

namespace lathe::kernels {

// The lanes of the widest vectors there are: channelBlock() is at most this.
inline constexpr int64_t kLargestBlock = 16;

int64_t blocksOf(int64_t channels);

// The function a fused node ends with: attribute `function` ("silu", "gelu", ...). Nothing when it is not
// known.
std::optional<MicroFunction> functionOf(const Site& site);

// Float, rank 4, constant weights and bias, blocked result, blocked residual; the input may have any layout.
std::optional<ConvShape> blockedConv(const Site& site);

// The part of the image, with zeros round it, that a convolution reads.
struct Frame {
    int64_t height = 0, width = 0;
    bool needed = false;  // it reaches over the border
};
Frame frameOf(const ConvShape& shape);
// One channel (block): `pixel` floats a place.
void copyFramed(const ConvShape& shape, const Frame& frame, const float* image, float* framed, int64_t pixel);

// A run of output places that one tile computes; offsets in elements.
struct TilePlace {
    int64_t rows = 0;
    int64_t in = 0;    // of the first place's window
    int64_t half = 0;  // where the second half of the rows starts; 0: it follows
    int64_t out = 0;
};

// Runs of nearly the same length, at most `limit`: along the whole plane where places follow each other
// (`flat`), else along rows, two of which share a tile when they are short. `rowPitch` and `pixel` are those
// of the input as it is read.
std::vector<TilePlace> tilePlaces(const ConvShape& shape, int64_t limit, int64_t rowPitch, int64_t pixel,
                                  bool flat);

// Filters of up to two blocks of output channels of a group from `firstOut` on, input channels [firstIn,
// firstIn + count): [channel][tap][2 blocks], zero behind the last output channel. `weight` holds floats or
// halves and may lie unaligned.
void packFilters(const tensor::Tensor& weight, const ConvShape& shape, int64_t group, int64_t firstOut,
                 int64_t firstIn, int64_t count, float* packed);

// Bias, clamp and function of a convolution; the bias is filled up to whole pairs of blocks.
class BlockedEpilogue {
  public:
    BlockedEpilogue(const Site& site, int64_t channels);
    // `channel`: the first output channel of the tile.
    void apply(FloatTile& tile, int64_t channel) const;
    const float* bias(int64_t channel) const { return m_bias.data() + channel; }
    Clamp clamp() const { return m_clamp; }
    MicroFunction function() const { return m_function; }
    size_t packedBytes() const { return m_bias.size() * sizeof(float); }

  private:
    std::vector<float> m_bias;
    Clamp m_clamp;
    MicroFunction m_function = MicroFunction::none;
};

// Output 0 over input 3, the residual: each element is read just before its place is written.
int overResidual(const Site& site, size_t output);

}  // namespace lathe::kernels
