// Winograd convolution F(2 x 2, 3 x 3) or F(4 x 4, 3 x 3) on blocked channels: every window of the input is
// transformed, the channels are multiplied as (m + 2)^2 matrix products, and the products are transformed
// back. 2.25 and 4 times fewer multiplications than the direct form. Bands of tiles are chosen so that one
// band's transforms stay in the second-level cache.
#include <cstring>

#include "engine/base/memory_block.h"
#include "engine/kernels/cpu/support_blocked.h"
#include "engine/kernels/cpu/support_winograd.h"

namespace lathe::kernels {
namespace {

constexpr int64_t kBandBytes = int64_t{1} << 20;

class ConvWinograd final : public Prepared {
  public:
    ConvWinograd(const ConvShape& shape, const Site& site, int64_t m)
        : m_shape(shape), m_m(m), m_epilogue(site, shape.outChannels) {
        const int64_t block = channelBlock();
        m_inBlocks = blocksOf(shape.inChannels);
        m_outBlocks = blocksOf(shape.outChannels);
        m_panels = (m_outBlocks + 1) / 2;
        m_tileRows = (shape.outHeight + m - 1) / m;
        m_tileColumns = (shape.outWidth + m - 1) / m;
        packWeights(*constantOf(site, 1));
        // Weights are read once a band: many bands of large weights cost more than a band that overflows.
        const int64_t rowBytes = positions() * m_tileColumns * (m_inBlocks + m_outBlocks) * block * 4;
        const auto weightBytes = static_cast<int64_t>(packedBytes());
        const int64_t bands = std::max<int64_t>(1, m_tileRows * rowBytes / std::max(kBandBytes, weightBytes));
        m_bandRows = (m_tileRows + bands - 1) / bands;
    }

    size_t scratchBytes() const override {
        return static_cast<size_t>(positions() * bandTiles() * (m_inBlocks + m_outBlocks) * channelBlock()) *
               sizeof(float);
    }
    size_t packedBytes() const override { return m_weights.size(); }
    bool packs(size_t input) const override { return input == 1 || input == 2; }

    void run(const RunArguments& arguments) const override {
        for (int64_t n = 0; n < m_shape.batch; ++n)
            for (int64_t row = 0; row < m_tileRows; row += m_bandRows)
                runBand(n, row, std::min(m_bandRows, m_tileRows - row), arguments);
    }

  private:
    int64_t positions() const { return (m_m + 2) * (m_m + 2); }
    int64_t bandTiles() const { return m_bandRows * m_tileColumns; }

    // [position][pair of output blocks][input channel][output channel of the pair]
    void packWeights(const tensor::Tensor& weight) {
        const int64_t width = 2 * channelBlock(), depth = m_inBlocks * channelBlock();
        m_weights =
            base::MemoryBlock(static_cast<size_t>(positions() * m_panels * depth * width) * sizeof(float));
        std::vector<float> filters(static_cast<size_t>(9 * width)),
            transformed(static_cast<size_t>(36 * width));
        for (int64_t panel = 0; panel < m_panels; ++panel)
            for (int64_t c = 0; c < m_shape.inChannels; ++c) {
                packFilters(weight, m_shape, 0, panel * width, c, 1, filters.data());
                winogradWeights(m_m, filters.data(), width, transformed.data());
                for (int64_t p = 0; p < positions(); ++p)
                    std::memcpy(floats(m_weights.data()) + ((p * m_panels + panel) * depth + c) * width,
                                transformed.data() + p * width, static_cast<size_t>(width) * sizeof(float));
            }
    }

    void runBand(int64_t n, int64_t firstRow, int64_t rows, const RunArguments& arguments) const {
        const int64_t tiles = rows * m_tileColumns, block = channelBlock();
        float* turned = floats(arguments.scratch);
        float* sums = turned + positions() * m_inBlocks * bandTiles() * block;
        arguments.workers->forRange(m_inBlocks * rows, 2, [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; ++i)
                turnInput(n, i / rows, firstRow, i % rows, tiles, turned, arguments);
        });
        arguments.workers->forRange(positions() * m_panels, 1, [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; ++i)
                multiplyPosition(i / m_panels, i % m_panels, tiles, turned, sums);
        });
        arguments.workers->forRange(m_outBlocks * rows, 2, [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; ++i)
                turnOutput(n, i / rows, firstRow, i % rows, tiles, sums, arguments);
        });
    }

    // [position][block][tile][channel]
    void turnInput(int64_t n, int64_t channels, int64_t firstRow, int64_t row, int64_t tiles, float* turned,
                   const RunArguments& arguments) const {
        const auto& s = m_shape;
        const int64_t block = channelBlock(), size = m_m + 2;
        const float* plane = floats(arguments.inputs[0]) + (n * m_inBlocks + channels) * s.inPlane() * block;
        WinogradInput input;
        input.rowPitch = s.inWidth * block;
        input.positionStride = m_inBlocks * tiles * block;
        const int64_t y = (firstRow + row) * m_m - s.padTop;
        input.firstRow = std::clamp<int64_t>(-y, 0, size);
        input.lastRow = std::clamp<int64_t>(s.inHeight - y, 0, size);
        for (int64_t column = 0; column < m_tileColumns; ++column) {
            const int64_t x = column * m_m - s.padLeft;
            input.firstColumn = std::clamp<int64_t>(-x, 0, size);
            input.lastColumn = std::clamp<int64_t>(s.inWidth - x, 0, size);
            input.image = plane + (y * s.inWidth + x) * block;
            input.out = turned + (channels * tiles + row * m_tileColumns + column) * block;
            (m_m == 2 ? micro().winogradInput2 : micro().winogradInput4)(input);
        }
    }

    void multiplyPosition(int64_t position, int64_t panel, int64_t tiles, const float* turned,
                          float* sums) const {
        const int64_t block = channelBlock(), width = 2 * block, depth = m_inBlocks * block;
        FloatTile tile;
        tile.loops[0] = {m_inBlocks, tiles * block};
        tile.depth = block;
        tile.rowStride = block;
        tile.b = floats(m_weights.data()) + (position * m_panels + panel) * depth * width;
        tile.cStride = block;
        tile.cVectorStride = tiles * block;
        tile.columns = std::min(width, (m_outBlocks - panel * 2) * block);
        const float* a = turned + position * m_inBlocks * tiles * block;
        float* c = sums + (position * m_outBlocks + panel * 2) * tiles * block;
        const int64_t pieces = (tiles + micro().rows - 1) / micro().rows;
        const float* next = tile.b + depth * width;
        for (int64_t i = 0; i < pieces; ++i) {
            tile.ahead = i * kAhead < width ? next + i * kAhead * depth : nullptr;
            const int64_t first = tiles * i / pieces;
            tile.rows = tiles * (i + 1) / pieces - first;
            tile.a = a + first * block;
            tile.c = c + first * block;
            micro().floatTile(tile);
        }
    }

    void turnOutput(int64_t n, int64_t channels, int64_t firstRow, int64_t row, int64_t tiles,
                    const float* sums, const RunArguments& arguments) const {
        const auto& s = m_shape;
        const int64_t block = channelBlock();
        const int64_t plane = (n * m_outBlocks + channels) * s.outPlane() * block;
        const float* residual =
            arguments.inputs.size() > 3 && arguments.inputs[3] ? floats(arguments.inputs[3]) : nullptr;
        WinogradOutput output;
        output.positionStride = m_outBlocks * tiles * block;
        output.rowPitch = s.outWidth * block;
        output.bias = m_epilogue.bias(channels * block);
        output.low = m_epilogue.clamp().low;
        output.high = m_epilogue.clamp().high;
        output.function = m_epilogue.function();
        const int64_t y = (firstRow + row) * m_m;
        output.rows = std::min(m_m, s.outHeight - y);
        for (int64_t column = 0; column < m_tileColumns; ++column) {
            const int64_t x = column * m_m, at = plane + (y * s.outWidth + x) * block;
            output.columns = std::min(m_m, s.outWidth - x);
            output.sums = sums + (channels * tiles + row * m_tileColumns + column) * block;
            output.out = floats(arguments.outputs[0]) + at;
            output.residual = residual ? residual + at : nullptr;
            (m_m == 2 ? micro().winogradOutput2 : micro().winogradOutput4)(output);
        }
    }

    ConvShape m_shape;
    int64_t m_m;
    BlockedEpilogue m_epilogue;
    int64_t m_inBlocks = 0, m_outBlocks = 0, m_panels = 0, m_tileRows = 0, m_tileColumns = 0, m_bandRows = 1;
    base::MemoryBlock m_weights;
};

bool accepts(const Site& site) {
    const auto shape = blockedConv(site);
    if (!shape || site.inputs[0].layout != Layout::blocked) return false;
    const int64_t m = winogradTile(*shape, *site.attributes);
    return m > 0 && winogradError(m, *shape, *constantOf(site, 1)) <= kWinogradError;
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    const auto shape = *blockedConv(site);
    return std::unique_ptr<Prepared>(
        std::make_unique<ConvWinograd>(shape, site, winogradTile(shape, *site.attributes)));
}

Kernel kernelOf(std::string_view domain) {
    return {.name = "conv_blocked_winograd",
            .domain = domain,
            .op = "Conv",
            .summary = "float32 on blocked channels, 3x3 with stride 1, where fewer multiplications pay",
            .accepts = accepts,
            .prepare = prepare,
            .inPlace = overResidual,
            .blocked = true,
            .unalignedConstant = 1};
}

}  // namespace

std::vector<Kernel> convBlockedWinogradKernels() { return {kernelOf(""), kernelOf("lathe")}; }

}  // namespace lathe::kernels
