#include "engine/kernels/cpu/support_blocked.h"

#include <cstring>

#include "engine/kernels/cpu/support_half.h"

namespace lathe::kernels {

int64_t blocksOf(int64_t channels) { return (channels + channelBlock() - 1) / channelBlock(); }

std::optional<MicroFunction> functionOf(const Site& site) {
    const auto name = site.attributes->text("function", "");
    if (name.empty()) return MicroFunction::none;
    if (name == "gelu") return MicroFunction::gelu;
    if (name == "gelu_tanh") return MicroFunction::geluTanh;
    if (name == "hard_swish") return MicroFunction::hardSwish;
    if (name == "sigmoid") return MicroFunction::sigmoid;
    if (name == "silu") return MicroFunction::silu;
    if (name == "tanh") return MicroFunction::tanh;
    return {};
}

std::optional<ConvShape> blockedConv(const Site& site) {
    if (!isFloat(site, 0) || !isWeight(site, 1) || !makesFloat(site)) return {};
    if (site.outputs[0].layout != Layout::blocked || outputShape(site).size() != 4) return {};
    if (site.has(2) && (!constantOf(site, 2) || !isFloat(site, 2))) return {};
    if (site.has(3) && (site.inputs[3].layout != Layout::blocked || !(shapeOf(site, 3) == outputShape(site))))
        return {};
    if (!functionOf(site)) return {};
    return convShape(site, 0, 1);
}

Frame frameOf(const ConvShape& s) {
    Frame frame;
    frame.height = (s.outHeight - 1) * s.strideY + (s.kernelHeight - 1) * s.dilationY + 1;
    frame.width = (s.outWidth - 1) * s.strideX + (s.kernelWidth - 1) * s.dilationX + 1;
    frame.needed = s.padTop > 0 || s.padLeft > 0 || frame.height > s.inHeight || frame.width > s.inWidth;
    return frame;
}

void copyFramed(const ConvShape& s, const Frame& frame, const float* image, float* framed, int64_t pixel) {
    const int64_t left = std::min(s.padLeft, frame.width);
    const int64_t inside = std::clamp<int64_t>(frame.width - left, 0, s.inWidth);
    const int64_t right = frame.width - left - inside;
    const auto zero = [&](float* at, int64_t places) {
        std::memset(at, 0, static_cast<size_t>(places * pixel) * sizeof(float));
    };
    for (int64_t y = 0; y < frame.height; ++y, framed += frame.width * pixel) {
        const int64_t from = y - s.padTop;
        if (from < 0 || from >= s.inHeight) {
            zero(framed, frame.width);
            continue;
        }
        zero(framed, left);
        std::memcpy(framed + left * pixel, image + from * s.inWidth * pixel,
                    static_cast<size_t>(inside * pixel) * sizeof(float));
        zero(framed + (left + inside) * pixel, right);
    }
}

std::vector<TilePlace> tilePlaces(const ConvShape& s, int64_t limit, int64_t rowPitch, int64_t pixel,
                                  bool flat) {
    std::vector<TilePlace> tiles;
    const int64_t block = channelBlock(), pitch = rowPitch * s.strideY;
    const int64_t width = flat ? s.outPlane() : s.outWidth, height = flat ? 1 : s.outHeight;
    for (int64_t y = 0; y < height; ++y) {
        if (2 * width <= limit && y + 1 < height) {
            tiles.push_back({2 * width, y * pitch, pitch, y * width * block});
            ++y;
            continue;
        }
        const int64_t count = (width + limit - 1) / limit;
        for (int64_t i = 0; i < count; ++i) {
            const int64_t first = width * i / count, last = width * (i + 1) / count;
            tiles.push_back(
                {last - first, y * pitch + first * s.strideX * pixel, 0, (y * width + first) * block});
        }
    }
    return tiles;
}

void packFilters(const tensor::Tensor& weight, const ConvShape& s, int64_t group, int64_t firstOut,
                 int64_t firstIn, int64_t count, float* packed) {
    const int64_t taps = s.kernelHeight * s.kernelWidth, block = channelBlock();
    const auto half = halfType(weight.type());
    std::vector<float> wide;
    for (int64_t side = 0; side < 2; ++side) {
        const int64_t first = firstOut + side * block;
        Transposition t;
        t.inStride = s.inChannels * taps;
        t.rows = std::clamp<int64_t>(s.outChannels - first, 0, block);
        t.columns = count * taps;
        t.outStride = 2 * block;
        t.out = packed + side * block;
        if (t.rows == 0) {
            for (int64_t i = 0; i < t.columns; ++i) std::fill_n(t.out + i * t.outStride, block, 0.0f);
            continue;
        }
        const int64_t start = ((group * s.outChannels + first) * s.inChannels + firstIn) * taps;
        const auto* bytes = weight.bytes().data() + start * tensor::bitWidth(weight.type()) / 8;
        if (half) {
            wide.resize(static_cast<size_t>(t.rows * t.columns));
            for (int64_t r = 0; r < t.rows; ++r)
                micro().widenHalves(*half, halves(bytes) + r * t.inStride, wide.data() + r * t.columns,
                                    t.columns);
            t.inStride = t.columns;
        }
        t.in = half ? wide.data() : floats(bytes);
        micro().transpose(t);
    }
}

BlockedEpilogue::BlockedEpilogue(const Site& site, int64_t channels)
    : m_clamp(clampOf(site)), m_function(*functionOf(site)) {
    // A tile reads two blocks of the bias wherever it starts.
    m_bias.assign(static_cast<size_t>((blocksOf(channels) + 1) * channelBlock()), 0);
    if (!site.has(2)) return;
    const auto bias = constantOf(site, 2)->values<float>();
    std::copy(bias.begin(), bias.end(), m_bias.begin());
}

void BlockedEpilogue::apply(FloatTile& tile, int64_t channel) const {
    tile.finish = true;
    tile.columnBias = m_bias.data() + channel;
    tile.low = m_clamp.low;
    tile.high = m_clamp.high;
    tile.function = m_function;
}

int overResidual(const Site& site, size_t) { return site.has(3) ? 3 : -1; }

}  // namespace lathe::kernels
