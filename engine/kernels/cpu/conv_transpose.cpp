// ConvTranspose as a matrix product: weights [M*kh*kw, C], packed once, times the input places of some rows,
// which gives every place what it spreads; that is added up by rows of the output. Groups, strides, dilations
// and pads in one and two dimensions. The result does not depend on the number of threads.
#include <optional>

#include "engine/kernels/cpu/gemm.h"
#include "engine/kernels/cpu/support_packed.h"
#include "engine/kernels/cpu/support_site.h"
#include "engine/ops/support_transposed_window.h"

namespace lathe::kernels {
namespace {

// Floats of products at a time: they should stay in the second-level cache.
constexpr int64_t kChunkFloats = int64_t{1} << 17;

struct Axis {
    int64_t in = 1, out = 1, kernel = 1, stride = 1, dilation = 1, pad = 0;

    // The input that kernel position k adds to output o, or -1.
    int64_t source(int64_t o, int64_t k) const {
        const int64_t at = o + pad - k * dilation;
        return at >= 0 && at % stride == 0 && at / stride < in ? at / stride : -1;
    }
};

struct Shape {
    int64_t batch = 0, groups = 1, inChannels = 0, outChannels = 0;  // of one group
    Axis y, x;

    int64_t taps() const { return y.kernel * x.kernel; }
    int64_t inPlane() const { return y.in * x.in; }
    int64_t outPlane() const { return y.out * x.out; }
};

class ConvTranspose final : public Prepared {
  public:
    ConvTranspose(const Shape& shape, std::span<const float> weight)
        : m_shape(shape),
          m_products(shape.outChannels * shape.taps()),
          m_groupSize(packedRowsSize(m_products, shape.inChannels)),
          m_weights(m_groupSize * shape.groups) {
        for (int64_t g = 0; g < shape.groups; ++g)
            packRows(weight.data() + g * shape.inChannels * m_products, 1, m_products, m_products,
                     shape.inChannels, m_weights.data() + g * m_groupSize);
        const int64_t row = std::max(m_products, shape.inChannels) * shape.x.in;
        m_rows = std::clamp<int64_t>(kChunkFloats / row, 1, shape.y.in);
    }

    size_t scratchBytes() const override {
        return packedBytesOfInput() + static_cast<size_t>(m_products * m_rows * m_shape.x.in) * sizeof(float);
    }
    size_t packedBytes() const override { return m_weights.bytes(); }
    bool packs(size_t input) const override { return input == 1; }

    void run(const RunArguments& arguments) const override {
        startWithBias(arguments);
        const auto& s = m_shape;
        for (int64_t i = 0; i < s.batch * s.groups; ++i)
            for (int64_t first = 0; first < s.y.in; first += m_rows) {
                const int64_t last = std::min(s.y.in, first + m_rows);
                multiplyRows(i, first, last, arguments);
                addRows(i, first, last, arguments);
            }
    }

  private:
    size_t packedBytesOfInput() const {
        return scratchAligned(
            static_cast<size_t>(packedColumnsSize(m_rows * m_shape.x.in, m_shape.inChannels)) *
            sizeof(float));
    }
    float* products(const RunArguments& arguments) const {
        return floats(arguments.scratch + packedBytesOfInput());
    }

    void startWithBias(const RunArguments& arguments) const {
        const int64_t channels = m_shape.groups * m_shape.outChannels, plane = m_shape.outPlane();
        const float* bias = arguments.inputs.size() > 2 ? floats(arguments.inputs[2]) : nullptr;
        arguments.workers->forRange(m_shape.batch * channels, std::max<int64_t>(1, 16384 / plane),
                                    [&](int64_t begin, int64_t end) {
                                        for (int64_t i = begin; i < end; ++i)
                                            std::fill_n(floats(arguments.outputs[0]) + i * plane, plane,
                                                        bias ? bias[i % channels] : 0.0f);
                                    });
    }

    // What the places of input rows [first, last) spread: [out channel][tap][place].
    void multiplyRows(int64_t group, int64_t first, int64_t last, const RunArguments& arguments) const {
        const auto& s = m_shape;
        const float* x = floats(arguments.inputs[0]) + group * s.inChannels * s.inPlane() + first * s.x.in;
        float* packed = floats(arguments.scratch);
        FloatGemm gemm;
        gemm.rows = m_products;
        gemm.columns = (last - first) * s.x.in;
        gemm.depth = s.inChannels;
        gemm.packedA = m_weights.data() + group % s.groups * m_groupSize;
        gemm.packedB = packed;
        gemm.c = products(arguments);
        gemm.cStride = gemm.columns;
        const int64_t width = micro().columns;
        arguments.workers->forRange(panelCount(gemm.columns, width), 1, [&](int64_t begin, int64_t end) {
            packColumns(x, s.inPlane(), 1, gemm.columns, gemm.depth, begin, end,
                        packed + begin * width * gemm.depth);
        });
        multiply(gemm, *arguments.workers);
    }

    void addRows(int64_t group, int64_t first, int64_t last, const RunArguments& arguments) const {
        const auto& s = m_shape;
        const int64_t reach = (s.y.kernel - 1) * s.y.dilation;
        const int64_t top = std::clamp<int64_t>(first * s.y.stride - s.y.pad, 0, s.y.out);
        const int64_t bottom =
            std::clamp<int64_t>((last - 1) * s.y.stride - s.y.pad + reach + 1, top, s.y.out);
        const int64_t count = bottom - top, place = (last - first) * s.x.in;
        const int64_t grain = std::max<int64_t>(1, 8192 / (s.x.in * s.taps()));
        arguments.workers->forRange(s.outChannels * count, grain, [&](int64_t begin, int64_t end) {
            for (int64_t row = begin; row < end; ++row) {
                const int64_t m = row / count, outY = top + row % count;
                float* out = floats(arguments.outputs[0]) + (group * s.outChannels + m) * s.outPlane() +
                             outY * s.x.out;
                for (int64_t ky = 0; ky < s.y.kernel; ++ky) {
                    const int64_t y = s.y.source(outY, ky);
                    if (y < first || y >= last) continue;
                    const float* from =
                        products(arguments) + (m * s.taps() + ky * s.x.kernel) * place + (y - first) * s.x.in;
                    for (int64_t kx = 0; kx < s.x.kernel; ++kx) addRow(from + kx * place, out, kx);
                }
            }
        });
    }

    // One input row and one column of the kernel.
    void addRow(const float* from, float* out, int64_t kx) const {
        const auto& x = m_shape.x;
        const int64_t shift = kx * x.dilation - x.pad;  // output of the first input
        const int64_t begin = shift >= 0 ? 0 : (-shift + x.stride - 1) / x.stride;
        const int64_t end = shift >= x.out ? 0 : std::min(x.in, (x.out - shift + x.stride - 1) / x.stride);
        if (x.stride == 1)
            for (int64_t i = begin; i < end; ++i) out[shift + i] += from[i];
        else
            for (int64_t i = begin; i < end; ++i) out[shift + i * x.stride] += from[i];
    }

    Shape m_shape;
    int64_t m_products;  // of one input place
    int64_t m_groupSize;
    PackedFloats m_weights;
    int64_t m_rows = 1;  // of the input, at a time
};

std::optional<Shape> shapeOf(const Site& site) {
    if (!isFloat(site, 0) || !constantOf(site, 1) || !isFloat(site, 1) || !makesFloat(site)) return {};
    if (site.has(2) && !isFloat(site, 2)) return {};
    const auto &in = shapeOf(site, 0), &weight = shapeOf(site, 1), &out = outputShape(site);
    const size_t rank = in.size();
    if ((rank != 3 && rank != 4) || weight.size() != rank || out.size() != rank ||
        tensor::elementCount(in) == 0 || tensor::elementCount(weight) == 0)
        return {};
    const auto placed =
        ops::placeTransposed(*site.attributes, {weight.begin() + 2, weight.end()}, std::span(in).subspan(2));
    Shape shape;
    shape.groups = site.attributes->integer("group", 1);
    if (!placed || shape.groups < 1 || in[1] % shape.groups != 0 || weight[0] != in[1]) return {};
    shape.batch = in[0];
    shape.inChannels = in[1] / shape.groups;
    shape.outChannels = weight[1];
    for (size_t i = 0; i + 2 < rank; ++i) {
        const auto& window = placed->window;
        auto& axis = i + 3 == rank ? shape.x : shape.y;
        axis = {placed->output[i], placed->input[i],    window.kernel[i],
                window.strides[i], window.dilations[i], window.padsBefore[i]};
        if (out[i + 2] != axis.out) return {};
    }
    return shape;
}

bool accepts(const Site& site) { return shapeOf(site).has_value(); }

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    return std::unique_ptr<Prepared>(
        std::make_unique<ConvTranspose>(*shapeOf(site), constantOf(site, 1)->values<float>()));
}

}  // namespace

std::vector<Kernel> convTransposeKernels() {
    return {{.name = "conv_transpose",
             .domain = {},
             .op = "ConvTranspose",
             .summary = "float32, constant weights, one and two dimensions",
             .accepts = accepts,
             .prepare = prepare,
             .inPlace = nullptr}};
}

}  // namespace lathe::kernels
