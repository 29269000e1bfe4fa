// Convolution as a matrix product: weights [M, C*kh*kw] packed once, patches of the input packed a chunk of
// output positions at a time. Takes groups, strides, dilations and pads in one and two dimensions; a bias, a
// residual, a clamp and a function are applied while the result is in registers (`lathe` Conv).
#include <cstring>

#include "engine/kernels/cpu/support_blocked.h"
#include "engine/kernels/cpu/support_half.h"

namespace lathe::kernels {
namespace {

// Bytes of packed patches at a time: they should stay in the second-level cache.
constexpr int64_t kChunkBytes = int64_t{1} << 20;
constexpr int64_t kWidestPanel = 64;

class ConvGemm final : public Prepared {
  public:
    ConvGemm(const ConvShape& shape, const Site& site)
        : m_shape(shape), m_clamp(clampOf(site)), m_function(*functionOf(site)) {
        const auto filters = widened(*constantOf(site, 1));
        const auto weight = filters.values<float>();
        const int64_t depth = shape.depth();
        if (shape.wholeInput()) {
            m_groupSize = packedColumnsSize(shape.outChannels, depth);
            m_weights.resize(static_cast<size_t>(m_groupSize * shape.groups));
            for (int64_t g = 0; g < shape.groups; ++g)
                packColumns(weight.data() + g * shape.outChannels * depth, 1, depth, shape.outChannels, depth,
                            0, panelCount(shape.outChannels, micro().columns),
                            m_weights.data() + g * m_groupSize);
        } else {
            m_groupSize = packedRowsSize(shape.outChannels, depth);
            m_weights.resize(static_cast<size_t>(m_groupSize * shape.groups));
            for (int64_t g = 0; g < shape.groups; ++g)
                packRows(weight.data() + g * shape.outChannels * depth, depth, 1, shape.outChannels, depth,
                         m_weights.data() + g * m_groupSize);
            const int64_t panels = panelCount(shape.outPlane(), micro().columns);
            const int64_t bytes = depth * micro().columns * int64_t{sizeof(float)};
            m_chunk = std::clamp<int64_t>(kChunkBytes / bytes, 8, panels);
            m_chunk = std::min(m_chunk, panels);
        }
    }

    size_t scratchBytes() const override {
        return static_cast<size_t>(m_chunk * m_shape.depth() * micro().columns) * sizeof(float);
    }
    size_t packedBytes() const override { return m_weights.size() * sizeof(float); }
    bool packs(size_t input) const override { return input == 1; }

    void run(const RunArguments& arguments) const override {
        const auto& s = m_shape;
        const float* bias = arguments.inputs.size() > 2 ? floats(arguments.inputs[2]) : nullptr;
        const float* residual = arguments.inputs.size() > 3 ? floats(arguments.inputs[3]) : nullptr;
        for (int64_t n = 0; n < (s.wholeInput() ? 1 : s.batch); ++n)
            for (int64_t g = 0; g < s.groups; ++g) {
                const int64_t in = (n * s.groups + g) * s.inChannels * s.inPlane();
                const int64_t out = (n * s.groups + g) * s.outChannels * s.outPlane();
                FloatGemm gemm;
                gemm.depth = s.depth();
                gemm.clamp = m_clamp;
                gemm.function = m_function;
                const float* groupBias = bias ? bias + g * s.outChannels : nullptr;
                const float* x = floats(arguments.inputs[0]) + in;
                gemm.c = floats(arguments.outputs[0]) + out;
                gemm.residual = residual ? residual + out : nullptr;
                if (s.wholeInput())
                    runWhole(gemm, x, groupBias, g, arguments);
                else
                    runChunks(gemm, x, groupBias, g, arguments);
            }
    }

  private:
    void runWhole(FloatGemm gemm, const float* x, const float* bias, int64_t group,
                  const RunArguments& arguments) const {
        gemm.rows = m_shape.batch;
        gemm.columns = m_shape.outChannels;
        gemm.a = x;
        gemm.aRowStride = m_shape.groups * gemm.depth;
        gemm.packedB = m_weights.data() + group * m_groupSize;
        gemm.cStride = m_shape.groups * m_shape.outChannels;
        gemm.columnBias = bias;
        multiply(gemm, *arguments.workers);
    }

    void runChunks(FloatGemm gemm, const float* x, const float* bias, int64_t group,
                   const RunArguments& arguments) const {
        const int64_t width = micro().columns, plane = m_shape.outPlane();
        const int64_t panels = panelCount(plane, width);
        float* packed = floats(arguments.scratch);
        gemm.rows = m_shape.outChannels;
        gemm.packedA = m_weights.data() + group * m_groupSize;
        gemm.packedB = packed;
        gemm.cStride = plane;
        gemm.rowBias = bias;
        float* c = gemm.c;
        const float* residual = gemm.residual;
        for (int64_t first = 0; first < panels; first += m_chunk) {
            const int64_t count = std::min(m_chunk, panels - first);
            arguments.workers->forRange(count, 1, [&](int64_t begin, int64_t end) {
                float* target = packed + begin * width * gemm.depth;
                if (m_shape.pointwise())
                    packColumns(x, plane, 1, plane, gemm.depth, first + begin, first + end, target);
                else
                    packPatches(x, first + begin, first + end, target);
            });
            gemm.columns = std::min(count * width, plane - first * width);
            gemm.c = c + first * width;
            gemm.residual = residual ? residual + first * width : nullptr;
            multiply(gemm, *arguments.workers);
        }
    }

    void packPatches(const float* x, int64_t first, int64_t last, float* target) const {
        const auto& s = m_shape;
        const int64_t width = micro().columns;
        PatchRun runs[kWidestPanel];
        for (int64_t panel = first; panel < last; ++panel) {
            const int64_t columns = std::min(width, s.outPlane() - panel * width);
            const int64_t count = patchRuns(s, panel * width, columns, runs);
            for (int64_t c = 0; c < s.inChannels; ++c) {
                const float* plane = x + c * s.inPlane();
                for (int64_t ky = 0; ky < s.kernelHeight; ++ky)
                    for (int64_t kx = 0; kx < s.kernelWidth; ++kx) {
                        for (int64_t i = 0; i < count; ++i)
                            forEachPatchRun(s, runs[i], ky, kx,
                                            [&](int64_t column, int64_t index, int64_t length, int64_t step) {
                                                copyRun(target + column, index < 0 ? nullptr : plane + index,
                                                        length, step);
                                            });
                        for (int64_t j = columns; j < width; ++j) target[j] = 0;
                        target += width;
                    }
            }
        }
    }

    static void copyRun(float* target, const float* source, int64_t count, int64_t step) {
        if (!source)
            for (int64_t i = 0; i < count; ++i) target[i] = 0;
        else if (step == 1)
            for (int64_t i = 0; i < count; ++i) target[i] = source[i];
        else if (step == 2)
            for (int64_t i = 0; i < count; ++i) target[i] = source[i * 2];
        else
            for (int64_t i = 0; i < count; ++i) target[i] = source[i * step];
    }

    ConvShape m_shape;
    Clamp m_clamp;
    MicroFunction m_function;
    int64_t m_groupSize = 0;  // floats of packed weights a group
    int64_t m_chunk = 0;      // panels of patches at a time
    std::vector<float> m_weights;
};

bool accepts(const Site& site) {
    if (!isFloat(site, 0) || !isWeight(site, 1) || !makesFloat(site)) return false;
    if (!functionOf(site)) return false;
    return convShape(site, 0, 1).has_value();
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    return std::unique_ptr<Prepared>(std::make_unique<ConvGemm>(*convShape(site, 0, 1), site));
}

Kernel kernelOf(std::string_view domain) {
    return {.name = "conv_gemm",
            .domain = domain,
            .op = "Conv",
            .summary = "float32, constant weights, one or two spatial dimensions",
            .accepts = accepts,
            .prepare = prepare,
            .inPlace = overResidual};
}

}  // namespace

std::vector<Kernel> convGemmKernels() { return {kernelOf(""), kernelOf("lathe")}; }

}  // namespace lathe::kernels
