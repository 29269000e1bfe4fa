// Convolution of 8-bit integers (QLinearConv and the fused form of dequantize, Conv, quantize): patches are
// packed as pairs of 16-bit values with the zero point taken away, so the products are exact and padding is
// plain zero. Two neighbouring channels form a pair.
#include "engine/kernels/cpu/gemm_integer.h"
#include "engine/kernels/cpu/support_conv.h"
#include "engine/kernels/cpu/support_integer.h"

namespace lathe::kernels {
namespace {

constexpr int64_t kChunkBytes = int64_t{1} << 20;
constexpr int64_t kWidestPanel = 64;

class ConvInteger final : public Prepared {
  public:
    ConvInteger(const ConvShape& shape, IntegerOperands operands, const Site& site)
        : m_shape(shape), m_operands(std::move(operands)), m_finish(*integerFinish(site, m_operands)) {
        const auto& s = m_shape;
        const int64_t taps = s.kernelHeight * s.kernelWidth;
        const int64_t channelPairs = (s.inChannels + 1) / 2;
        m_pairs = taps * channelPairs;
        const int64_t rows = micro().rows;
        m_groupSize = panelCount(s.outChannels, rows) * rows * m_pairs;
        m_weights.resize(static_cast<size_t>(m_groupSize * s.groups));
        const auto& weight = *constantOf(site, 3);
        for (int64_t g = 0; g < s.groups; ++g) {
            // k = tap * 2 * channelPairs + channel: the order that packPatches makes.
            const auto value = [&](int64_t row, int64_t k) {
                const int64_t channel = k % (2 * channelPairs), tap = k / (2 * channelPairs);
                if (channel >= s.inChannels) return 0;
                const int64_t out = g * s.outChannels + row;
                const auto code = weight.integerAt((out * s.inChannels + channel) * taps + tap);
                return static_cast<int32_t>(code) - m_operands.wZeros[static_cast<size_t>(out)];
            };
            packRowPairs(s.outChannels, m_pairs, rows, value, m_weights.data() + g * m_groupSize);
        }
        const int64_t panels = panelCount(s.outPlane(), micro().columns);
        const int64_t bytes = m_pairs * micro().columns * int64_t{sizeof(int32_t)};
        m_chunk = std::min(std::clamp<int64_t>(kChunkBytes / bytes, 4, 32), panels);
    }

    size_t scratchBytes() const override { return patchBytes() + sumBytes(); }
    size_t packedBytes() const override { return m_weights.size() * sizeof(int32_t); }
    bool packs(size_t input) const override { return input > 0 && input != 9; }

    void run(const RunArguments& arguments) const override {
        const auto& s = m_shape;
        const int64_t width = micro().columns, panels = panelCount(s.outPlane(), width);
        for (int64_t n = 0; n < s.batch; ++n)
            for (int64_t g = 0; g < s.groups; ++g)
                for (int64_t first = 0; first < panels; first += m_chunk)
                    runChunk(n, g, first, std::min(m_chunk, panels - first), arguments);
    }

  private:
    size_t patchBytes() const {
        return scratchAligned(static_cast<size_t>(m_chunk * micro().columns * m_pairs) * sizeof(int32_t));
    }
    int64_t sumStride() const { return m_chunk * micro().columns; }
    size_t sumBytes() const {
        return static_cast<size_t>(sumStride() * m_shape.outChannels) * sizeof(int32_t);
    }

    void runChunk(int64_t n, int64_t g, int64_t first, int64_t count, const RunArguments& arguments) const {
        const auto& s = m_shape;
        const auto& kernel = micro();
        const auto* x = reinterpret_cast<const uint8_t*>(arguments.inputs[0]) +
                        (n * s.groups + g) * s.inChannels * s.inPlane();
        auto* packed = reinterpret_cast<int32_t*>(arguments.scratch);
        auto* sums = reinterpret_cast<int32_t*>(arguments.scratch + patchBytes());
        arguments.workers->forRange(count, 1, [&](int64_t begin, int64_t end) {
            packPatches(x, first + begin, first + end, packed + begin * kernel.columns * m_pairs);
        });
        IntegerGemm gemm;
        gemm.rows = s.outChannels;
        gemm.columns = std::min(count * kernel.columns, s.outPlane() - first * kernel.columns);
        gemm.pairs = m_pairs;
        gemm.packedA = m_weights.data() + g * m_groupSize;
        gemm.packedB = packed;
        gemm.sums = sums;
        gemm.sumStride = sumStride();
        arguments.workers->forRange(
            panelCount(s.outChannels, kernel.rows), 1, [&](int64_t begin, int64_t end) {
                multiplyIntegers(gemm, begin, end);
                for (int64_t row = begin * kernel.rows; row < std::min(end * kernel.rows, s.outChannels);
                     ++row) {
                    const auto channel = static_cast<size_t>(g * s.outChannels + row);
                    Requantize r;
                    r.sums = sums + row * gemm.sumStride;
                    r.count = gemm.columns;
                    r.bias = m_operands.biases[channel];
                    r.scale = m_operands.scales[channel];
                    r.zero = m_operands.yZero;
                    r.low = m_operands.low;
                    r.high = m_operands.high;
                    const int64_t at =
                        ((n * s.groups + g) * s.outChannels + row) * s.outPlane() + first * kernel.columns;
                    r.output = reinterpret_cast<int8_t*>(arguments.outputs[0]) + at;
                    kernel.requantize(r);
                    if (arguments.inputs.size() > 9 && arguments.inputs[9])
                        addResidual(reinterpret_cast<const uint8_t*>(arguments.inputs[9]) + at,
                                    reinterpret_cast<uint8_t*>(r.output), r.count);
                }
            });
    }

    void addResidual(const uint8_t* residual, uint8_t* codes, int64_t count) const {
        ByteAddition addition;
        addition.codes = addition.output = codes;
        addition.count = count;
        addition.finish = m_finish;
        addition.finish.residual = residual;
        addition.flip = m_finish.low < 0 ? 0x80 : 0;
        addition.finish.zero += addition.flip;
        micro().addBytes(addition);
    }

    void packPatches(const uint8_t* x, int64_t first, int64_t last, int32_t* target) const {
        const auto& s = m_shape;
        const int64_t width = micro().columns;
        PatchRun runs[kWidestPanel];
        for (int64_t panel = first; panel < last; ++panel) {
            const int64_t columns = std::min(width, s.outPlane() - panel * width);
            const int64_t count = patchRuns(s, panel * width, columns, runs);
            for (int64_t ky = 0; ky < s.kernelHeight; ++ky)
                for (int64_t kx = 0; kx < s.kernelWidth; ++kx)
                    for (int64_t c = 0; c < s.inChannels; c += 2) {
                        const uint8_t* low = x + c * s.inPlane();
                        const uint8_t* high = c + 1 < s.inChannels ? low + s.inPlane() : nullptr;
                        for (int64_t i = 0; i < count; ++i)
                            forEachPatchRun(s, runs[i], ky, kx,
                                            [&](int64_t column, int64_t index, int64_t length, int64_t step) {
                                                if (index < 0)
                                                    std::fill_n(target + column, length, 0);
                                                else
                                                    pairBytes(low + index, high ? high + index : nullptr,
                                                              length, step, m_operands.xZero,
                                                              m_operands.xSigned, target + column);
                                            });
                        std::fill(target + columns, target + width, 0);
                        target += width;
                    }
        }
    }

    ConvShape m_shape;
    IntegerOperands m_operands;
    ByteFinish m_finish;
    int64_t m_pairs = 0, m_groupSize = 0, m_chunk = 1;
    std::vector<int32_t> m_weights;
};

// One filter a channel: no matrix to speak of, so sums of shifted rows.
class ConvIntegerDepthwise final : public Prepared {
  public:
    ConvIntegerDepthwise(const ConvShape& shape, IntegerOperands operands, const Site& site)
        : m_shape(shape), m_operands(std::move(operands)) {
        const int64_t taps = shape.kernelHeight * shape.kernelWidth;
        const auto& weight = *constantOf(site, 3);
        for (int64_t i = 0; i < weight.elementCount(); ++i)
            m_weights.push_back(static_cast<int32_t>(weight.integerAt(i)) -
                                m_operands.wZeros[static_cast<size_t>(i / taps)]);
        m_slots = std::min<int64_t>(32, shape.batch * shape.groups * shape.outChannels);
    }
    size_t scratchBytes() const override { return static_cast<size_t>(m_slots) * slotBytes(); }
    size_t packedBytes() const override { return m_weights.size() * sizeof(int32_t); }
    bool packs(size_t input) const override { return input > 0; }

    void run(const RunArguments& arguments) const override {
        const int64_t planes = m_shape.batch * m_shape.groups * m_shape.outChannels;
        arguments.workers->forRange(m_slots, 1, [&](int64_t begin, int64_t end) {
            for (int64_t slot = begin; slot < end; ++slot) {
                auto* sums =
                    reinterpret_cast<int32_t*>(arguments.scratch + static_cast<size_t>(slot) * slotBytes());
                for (int64_t plane = planes * slot / m_slots; plane < planes * (slot + 1) / m_slots;
                     ++plane) {
                    if (m_operands.xSigned)
                        runPlane<int8_t>(plane, sums, arguments);
                    else
                        runPlane<uint8_t>(plane, sums, arguments);
                }
            }
        });
    }

  private:
    size_t slotBytes() const {
        return scratchAligned(static_cast<size_t>(m_shape.outPlane()) * sizeof(int32_t) + 64);
    }

    template <typename Code>
    void runPlane(int64_t plane, int32_t* sums, const RunArguments& arguments) const {
        const auto& s = m_shape;
        const int64_t channel = plane % (s.groups * s.outChannels);
        const auto* in =
            reinterpret_cast<const Code*>(arguments.inputs[0]) + plane / s.outChannels * s.inPlane();
        std::fill_n(sums, s.outPlane(), 0);
        const int32_t* weight = m_weights.data() + channel * s.kernelHeight * s.kernelWidth;
        for (int64_t ky = 0; ky < s.kernelHeight; ++ky)
            for (int64_t kx = 0; kx < s.kernelWidth; ++kx) {
                const int32_t w = *weight++;
                for (int64_t y = 0; y < s.outHeight; ++y)
                    forEachPatchRun(s, {0, y, 0, s.outWidth}, ky, kx,
                                    [&](int64_t column, int64_t index, int64_t length, int64_t step) {
                                        if (index < 0) return;
                                        int32_t* sum = sums + y * s.outWidth + column;
                                        const Code* x = in + index;
                                        for (int64_t i = 0; i < length; ++i)
                                            sum[i] += w * (x[i * step] - m_operands.xZero);
                                    });
            }
        Requantize r;
        r.sums = sums;
        r.count = s.outPlane();
        r.bias = m_operands.biases[static_cast<size_t>(channel)];
        r.scale = m_operands.scales[static_cast<size_t>(channel)];
        r.zero = m_operands.yZero;
        r.low = m_operands.low;
        r.high = m_operands.high;
        r.output = reinterpret_cast<int8_t*>(arguments.outputs[0]) + plane * s.outPlane();
        micro().requantize(r);
    }

    ConvShape m_shape;
    IntegerOperands m_operands;
    int64_t m_slots = 1;
    std::vector<int32_t> m_weights;
};

bool depthwise(const ConvShape& shape) { return shape.inChannels == 1 && shape.groups > 1; }

bool accepts(const Site& site) {
    const auto shape = convShape(site, 0, 3);
    if (!shape || site.outputs.empty() || !isByte(site.outputs[0].type)) return false;
    const auto operands = integerOperands(site, shape->groups * shape->outChannels);
    return operands && integerFinish(site, *operands) && !(site.has(9) && depthwise(*shape));
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    const auto shape = *convShape(site, 0, 3);
    auto operands = *integerOperands(site, shape.groups * shape.outChannels);
    if (depthwise(shape))
        return std::unique_ptr<Prepared>(
            std::make_unique<ConvIntegerDepthwise>(shape, std::move(operands), site));
    return std::unique_ptr<Prepared>(std::make_unique<ConvInteger>(shape, std::move(operands), site));
}

Kernel kernelOf(std::string_view domain) {
    return {.name = "conv_integer",
            .domain = domain,
            .op = "QLinearConv",
            .summary = "8-bit operands, constant weights, one or two spatial dimensions; exact",
            .accepts = accepts,
            .prepare = prepare,
            .inPlace = nullptr};
}

}  // namespace

std::vector<Kernel> convIntegerKernels() { return {kernelOf(""), kernelOf("lathe")}; }

}  // namespace lathe::kernels
