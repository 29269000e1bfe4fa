// Normalisations of float32 rows: LayerNormalization (y = (x - mean) / sqrt(variance + epsilon) * scale +
// bias), RMSNormalization and SimplifiedLayerNormalization (y = x / sqrt(mean of x^2 + epsilon) * scale), and
// BatchNormalization with known statistics, which is a scale and a shift a channel.
#include <cmath>
#include <optional>

#include "engine/kernels/cpu/micro.h"
#include "engine/kernels/cpu/support_batch_norm.h"
#include "engine/kernels/cpu/support_moments.h"
#include "engine/kernels/cpu/support_site.h"

namespace lathe::kernels {
namespace {

Normalizer rootMeanSquare(const float* x, int64_t count, float epsilon) {
    const double square = static_cast<double>(micro().rowSquares(x, count)) / static_cast<double>(count);
    return {0, 0, static_cast<float>(1 / std::sqrt(square + static_cast<double>(epsilon)))};
}

// Scale and bias one an element of the row.
class LayerNorm final : public Prepared {
  public:
    LayerNorm(int64_t rows, int64_t length, float epsilon, bool centred)
        : m_rows(rows), m_length(length), m_epsilon(epsilon), m_centred(centred) {}
    void run(const RunArguments& arguments) const override {
        const int64_t grain = std::max<int64_t>(1, 4096 / m_length);
        arguments.workers->forRange(m_rows, grain, [&](int64_t begin, int64_t end) {
            RowScale r;
            r.count = m_length;
            r.scale = floats(arguments.inputs[1]);
            r.bias = arguments.inputs.size() > 2 ? floats(arguments.inputs[2]) : nullptr;
            for (int64_t row = begin; row < end; ++row) {
                r.in = floats(arguments.inputs[0]) + row * m_length;
                r.out = floats(arguments.outputs[0]) + row * m_length;
                const auto found = m_centred ? momentsOf(r.in, m_length).normalizer(m_epsilon)
                                             : rootMeanSquare(r.in, m_length, m_epsilon);
                r.mean = found.mean;
                r.rest = found.rest;
                r.factor = found.factor;
                micro().scaleRow(r);
            }
        });
    }

  private:
    int64_t m_rows, m_length;
    float m_epsilon;
    bool m_centred;
};

// Scale and shift one a channel.
class PlaneScale final : public Prepared {
  public:
    PlaneScale(const Site& site, ScaleShift known)
        : m_channels(shapeOf(site, 0)[1]),
          m_planes(shapeOf(site, 0)[0] * m_channels),
          m_length(countOf(shapeOf(site, 0), 2, shapeOf(site, 0).size())),
          m_known(std::move(known)) {}
    size_t packedBytes() const override { return 2 * m_known.scale.size() * sizeof(float); }
    bool packs(size_t input) const override { return input > 0; }

    void run(const RunArguments& arguments) const override {
        const int64_t grain = std::max<int64_t>(1, 8192 / m_length);
        arguments.workers->forRange(m_planes, grain, [&](int64_t begin, int64_t end) {
            for (int64_t plane = begin; plane < end; ++plane) {
                const auto channel = static_cast<size_t>(plane % m_channels);
                RowScale r;
                r.in = floats(arguments.inputs[0]) + plane * m_length;
                r.out = floats(arguments.outputs[0]) + plane * m_length;
                r.count = m_length;
                r.factor = m_known.scale[channel];
                r.shift = m_known.shift[channel];
                micro().scaleRow(r);
            }
        });
    }

  private:
    int64_t m_channels, m_planes, m_length;
    ScaleShift m_known;
};

bool onlyFirstOutput(const Site& site) {
    for (size_t i = 1; i < site.outputs.size(); ++i)
        if (site.outputs[i].type != tensor::DataType::undefined) return false;
    return isFloat(site, 0) && makesFloat(site);
}

std::optional<size_t> layerAxis(const Site& site) {
    const auto rank = static_cast<int64_t>(shapeOf(site, 0).size());
    const auto axis = tensor::normalizedAxis(site.attributes->integer("axis", -1), rank);
    return axis ? std::optional<size_t>(static_cast<size_t>(*axis)) : std::nullopt;
}

bool acceptsLayer(const Site& site) {
    if (!onlyFirstOutput(site) || !isFloat(site, 1) || (site.has(2) && !isFloat(site, 2))) return false;
    const auto axis = layerAxis(site);
    if (!axis) return false;
    const auto& shape = shapeOf(site, 0);
    const int64_t length = countOf(shape, *axis, shape.size());
    return tensor::elementCount(shapeOf(site, 1)) == length &&
           (!site.has(2) || tensor::elementCount(shapeOf(site, 2)) == length);
}

base::Result<std::unique_ptr<Prepared>> prepareLayer(const Site& site) {
    const auto& shape = shapeOf(site, 0);
    const auto axis = *layerAxis(site);
    return std::unique_ptr<Prepared>(std::make_unique<LayerNorm>(
        countOf(shape, 0, axis), countOf(shape, axis, shape.size()), site.attributes->real("epsilon", 1e-5f),
        site.op == "LayerNormalization"));
}

base::Result<std::unique_ptr<Prepared>> prepareBatch(const Site& site) {
    return std::unique_ptr<Prepared>(std::make_unique<PlaneScale>(site, batchNormOf(site)));
}

}  // namespace

std::vector<Kernel> normalizeKernels() {
    return {{.name = "normalize_layer",
             .domain = {},
             .op = "LayerNormalization",
             .summary = "float32, the normalised output only",
             .accepts = acceptsLayer,
             .prepare = prepareLayer,
             .inPlace = overFirstInput},
            {.name = "normalize_root_mean_square",
             .domain = {},
             .op = "RMSNormalization",
             .summary = "float32",
             .accepts = acceptsLayer,
             .prepare = prepareLayer,
             .inPlace = overFirstInput},
            {.name = "normalize_simplified_layer",
             .domain = {},
             .op = "SimplifiedLayerNormalization",
             .summary = "float32, the normalised output only",
             .accepts = acceptsLayer,
             .prepare = prepareLayer,
             .inPlace = overFirstInput},
            {.name = "normalize_batch",
             .domain = {},
             .op = "BatchNormalization",
             .summary = "float32, known statistics",
             .accepts = isKnownBatchNorm,
             .prepare = prepareBatch,
             .inPlace = overFirstInput}};
}

}  // namespace lathe::kernels
