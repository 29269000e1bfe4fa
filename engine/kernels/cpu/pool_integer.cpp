// Pooling of 8-bit codes, plain or on blocked channels. MaxPool needs no scale. GlobalAveragePool as
// dequantize, mean, quantize make it (`lathe` QLinearGlobalAveragePool): the sum of codes is exact, the mean
// is rounded to float once, then divided by the scale of the result.
//
//   y = saturate(round_to_even(f32((sum - n * xZero) * xScale / n) / yScale) + yZero)
#include <array>
#include <cmath>
#include <limits>

#include "engine/kernels/cpu/support_conv.h"
#include "engine/kernels/cpu/support_integer.h"

namespace lathe::kernels {
namespace {

constexpr int64_t kWidestBlock = 16;

// A window as a convolution has it: one channel, strides, dilations, pads.
std::optional<ConvShape> windowOf(const Site& site) {
    const auto kernel = site.attributes->integers("kernel_shape");
    const auto &in = shapeOf(site, 0), &out = outputShape(site);
    if (kernel.size() != 2 || in.size() != 4 || out.size() != 4) return {};
    // Seen as a depthwise convolution, whose weights say the size of the window.
    ir::Attributes attributes = *site.attributes;
    attributes.set("group", in[1]);
    Site conv = site;
    conv.attributes = &attributes;
    Operand weights;
    weights.type = site.inputs[0].type;
    weights.shape = tensor::Shape{in[1], 1, kernel[0], kernel[1]};
    conv.inputs.resize(2);
    conv.inputs[1] = weights;
    return convShape(conv, 0, 1);
}

// Taps [first, last) of a window that starts at `start` which lie inside.
struct Taps {
    int64_t first = 0, last = 0;
};
Taps tapsInside(int64_t start, int64_t kernel, int64_t dilation, int64_t size) {
    const int64_t first = start >= 0 ? 0 : (-start + dilation - 1) / dilation;
    const int64_t last = start >= size ? 0 : std::min(kernel, (size - start + dilation - 1) / dilation);
    return {first, last};
}

// `Width` codes a place: the block, or 1 when plain.
template <typename Code, int64_t Width>
void poolPlane(const ConvShape& s, const Code* in, Code* out) {
    typedef Code Place __attribute__((vector_size(Width), aligned(1), may_alias));
    for (int64_t oy = 0; oy < s.outHeight; ++oy) {
        const int64_t y = oy * s.strideY - s.padTop;
        const auto rows = tapsInside(y, s.kernelHeight, s.dilationY, s.inHeight);
        for (int64_t ox = 0; ox < s.outWidth; ++ox, out += Width) {
            const int64_t x = ox * s.strideX - s.padLeft;
            const auto taps = tapsInside(x, s.kernelWidth, s.dilationX, s.inWidth);
            Place best = Place{} + std::numeric_limits<Code>::min();
            for (int64_t ky = rows.first; ky < rows.last; ++ky) {
                const Code* row = in + ((y + ky * s.dilationY) * s.inWidth + x) * Width;
                for (int64_t kx = taps.first; kx < taps.last; ++kx) {
                    const Place place = *reinterpret_cast<const Place*>(row + kx * s.dilationX * Width);
                    best = place > best ? place : best;
                }
            }
            *reinterpret_cast<Place*>(out) = best;
        }
    }
}

template <typename Code>
using PlanePool = void (*)(const ConvShape&, const Code*, Code*);

template <typename Code>
PlanePool<Code> planePool(int64_t width) {
    switch (width) {
        case 4:
            return poolPlane<Code, 4>;
        case 8:
            return poolPlane<Code, 8>;
        case 16:
            return poolPlane<Code, 16>;
        default:
            return poolPlane<Code, 1>;
    }
}

// Channels of one place, and planes of such places.
struct Planes {
    int64_t width = 1, count = 0;
};
Planes planesOf(const Site& site) {
    const auto& shape = shapeOf(site, 0);
    if (site.inputs[0].layout == Layout::plain) return {1, shape[0] * shape[1]};
    return {channelBlock(), shape[0] * ((shape[1] + channelBlock() - 1) / channelBlock())};
}

template <typename Code>
class PoolInteger final : public Prepared {
  public:
    PoolInteger(const ConvShape& shape, Planes planes)
        : m_shape(shape), m_planes(planes), m_pool(planePool<Code>(planes.width)) {}

    void run(const RunArguments& arguments) const override {
        const auto& s = m_shape;
        const int64_t in = s.inPlane() * m_planes.width, out = s.outPlane() * m_planes.width;
        arguments.workers->forRange(
            m_planes.count, std::max<int64_t>(1, 4096 / out), [&](int64_t begin, int64_t end) {
                for (int64_t p = begin; p < end; ++p)
                    m_pool(s, reinterpret_cast<const Code*>(arguments.inputs[0]) + p * in,
                           reinterpret_cast<Code*>(arguments.outputs[0]) + p * out);
            });
    }

  private:
    ConvShape m_shape;
    Planes m_planes;
    PlanePool<Code> m_pool;
};

struct Averaging {
    int32_t xZero = 0, yZero = 0, low = 0, high = 0;
    float xScale = 0, yScale = 0;
};

// x, xScale, xZero, yScale, yZero
std::optional<Averaging> averagingOf(const Site& site) {
    const auto xScale = scaleOf(site, 1), yScale = scaleOf(site, 3);
    const auto xZero = zeroOf(site, 2), yZero = zeroOf(site, 4);
    if (!xScale || !yScale || !xZero || !yZero) return {};
    const bool isSigned = site.outputs[0].type == tensor::DataType::int8;
    return Averaging{*xZero, *yZero, isSigned ? -128 : 0, isSigned ? 127 : 255, *xScale, *yScale};
}

template <typename Code>
class GlobalAverageInteger final : public Prepared {
  public:
    GlobalAverageInteger(const Averaging& averaging, int64_t plane, Planes planes)
        : m_averaging(averaging), m_plane(plane), m_planes(planes) {}

    void run(const RunArguments& arguments) const override {
        const int64_t width = m_planes.width;
        arguments.workers->forRange(
            m_planes.count, std::max<int64_t>(1, 16384 / (m_plane * width)), [&](int64_t begin, int64_t end) {
                for (int64_t p = begin; p < end; ++p) {
                    const auto* in = reinterpret_cast<const Code*>(arguments.inputs[0]) + p * m_plane * width;
                    auto* out = reinterpret_cast<uint8_t*>(arguments.outputs[0]) + p * width;
                    std::array<int64_t, kWidestBlock> sums{};
                    switch (width) {
                        case 4:
                            add<4>(in, sums);
                            break;
                        case 8:
                            add<8>(in, sums);
                            break;
                        case 16:
                            add<16>(in, sums);
                            break;
                        default:
                            add<1>(in, sums);
                    }
                    for (int64_t c = 0; c < width; ++c) out[c] = codeOf(sums[static_cast<size_t>(c)]);
                }
            });
    }

  private:
    template <size_t Width>
    void add(const Code* in, std::array<int64_t, kWidestBlock>& sums) const {
        // 32 bits hold the codes of this many places.
        constexpr int64_t kPlaces = int64_t{1} << 22;
        for (int64_t first = 0; first < m_plane; first += kPlaces) {
            std::array<int32_t, Width> part{};
            for (int64_t p = first; p < std::min(m_plane, first + kPlaces); ++p)
                for (size_t c = 0; c < Width; ++c)
                    part[c] += in[p * static_cast<int64_t>(Width) + static_cast<int64_t>(c)];
            for (size_t c = 0; c < Width; ++c) sums[c] += part[c];
        }
    }

    uint8_t codeOf(int64_t sum) const {
        const auto& a = m_averaging;
        const auto centred = static_cast<double>(sum - m_plane * a.xZero);
        const auto mean =
            static_cast<float>(centred * static_cast<double>(a.xScale) / static_cast<double>(m_plane));
        const double code = std::nearbyint(static_cast<double>(mean / a.yScale)) + a.yZero;
        return static_cast<uint8_t>(
            static_cast<int32_t>(std::clamp(code, static_cast<double>(a.low), static_cast<double>(a.high))));
    }

    Averaging m_averaging;
    int64_t m_plane;
    Planes m_planes;
};

bool sameCodes(const Site& site) {
    return site.has(0) && !site.outputs.empty() && isByte(site.inputs[0].type) &&
           site.inputs[0].layout == site.outputs[0].layout;
}

bool acceptsMaximum(const Site& site) {
    if (!sameCodes(site) || site.outputs[0].type != site.inputs[0].type) return false;
    for (size_t i = 1; i < site.outputs.size(); ++i)
        if (site.outputs[i].type != tensor::DataType::undefined) return false;
    return windowOf(site).has_value();
}

base::Result<std::unique_ptr<Prepared>> prepareMaximum(const Site& site) {
    const auto shape = *windowOf(site);
    if (site.inputs[0].type == tensor::DataType::int8)
        return std::unique_ptr<Prepared>(std::make_unique<PoolInteger<int8_t>>(shape, planesOf(site)));
    return std::unique_ptr<Prepared>(std::make_unique<PoolInteger<uint8_t>>(shape, planesOf(site)));
}

bool acceptsAverage(const Site& site) {
    return sameCodes(site) && isByte(site.outputs[0].type) && shapeOf(site, 0).size() == 4 &&
           averagingOf(site).has_value();
}

base::Result<std::unique_ptr<Prepared>> prepareAverage(const Site& site) {
    const auto averaging = *averagingOf(site);
    const int64_t plane = countOf(shapeOf(site, 0), 2, 4);
    if (site.inputs[0].type == tensor::DataType::int8)
        return std::unique_ptr<Prepared>(
            std::make_unique<GlobalAverageInteger<int8_t>>(averaging, plane, planesOf(site)));
    return std::unique_ptr<Prepared>(
        std::make_unique<GlobalAverageInteger<uint8_t>>(averaging, plane, planesOf(site)));
}

Kernel maximumKernel(bool blocked) {
    return {.name = "pool_max_integer",
            .domain = {},
            .op = "MaxPool",
            .summary = "8-bit codes, two spatial dimensions",
            .accepts = acceptsMaximum,
            .prepare = prepareMaximum,
            .inPlace = nullptr,
            .blocked = blocked};
}

Kernel averageKernel(bool blocked) {
    return {.name = "pool_average_integer",
            .domain = "lathe",
            .op = "QLinearGlobalAveragePool",
            .summary = "8-bit codes, two spatial dimensions",
            .accepts = acceptsAverage,
            .prepare = prepareAverage,
            .inPlace = nullptr,
            .blocked = blocked};
}

}  // namespace

std::vector<Kernel> poolIntegerKernels() {
    return {maximumKernel(false), maximumKernel(true), averageKernel(false), averageKernel(true)};
}

}  // namespace lathe::kernels
