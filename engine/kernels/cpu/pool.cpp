// MaxPool and AveragePool of float32 in one and two dimensions: an output row is a maximum or sum of shifted
// input rows, so the inner loop runs along the row. Parallel over planes.
#include <limits>

#include "engine/kernels/cpu/support_conv.h"

namespace lathe::kernels {
namespace {

// One spatial axis.
struct PoolAxis {
    int64_t in = 1, out = 1, kernel = 1, stride = 1, dilation = 1, pad = 0, padAfter = 0;

    // Outputs [first, last) whose tap `k` lies inside the input.
    std::pair<int64_t, int64_t> inside(int64_t k) const {
        const int64_t shift = k * dilation - pad;
        const int64_t first = shift >= 0 ? 0 : (-shift + stride - 1) / stride;
        const int64_t last = shift >= in ? 0 : (in - shift + stride - 1) / stride;
        return {std::min(first, out), std::clamp(last, std::min(first, out), out)};
    }
    // Taps of output `o` that count in an average.
    int64_t taps(int64_t o, bool withPads) const {
        int64_t count = 0;
        for (int64_t k = 0; k < kernel; ++k) {
            const int64_t at = o * stride - pad + k * dilation;
            count += withPads ? at < in + padAfter : at >= 0 && at < in;
        }
        return count;
    }
};

struct PoolShape {
    int64_t planes = 0;
    PoolAxis y, x;
};

std::optional<PoolShape> poolShape(const Site& site) {
    const auto &in = shapeOf(site, 0), &out = outputShape(site);
    const auto kernel = site.attributes->integers("kernel_shape");
    const size_t rank = kernel.size();
    if (rank < 1 || rank > 2 || in.size() != rank + 2) return {};
    const auto strides = site.attributes->integers("strides", std::vector<int64_t>(rank, 1));
    const auto dilations = site.attributes->integers("dilations", std::vector<int64_t>(rank, 1));
    const auto pads = site.attributes->integers("pads", std::vector<int64_t>(2 * rank, 0));
    if (strides.size() != rank || dilations.size() != rank || pads.size() != 2 * rank) return {};
    const auto mode = site.attributes->text("auto_pad", "NOTSET");
    const auto axis = [&](size_t i) {
        PoolAxis a{in[2 + i], out[2 + i], kernel[i], strides[i], dilations[i], pads[i], pads[rank + i]};
        if (mode == "SAME_UPPER" || mode == "SAME_LOWER") {
            const int64_t extent = a.dilation * (a.kernel - 1) + 1;
            const int64_t total = std::max<int64_t>(0, (a.out - 1) * a.stride + extent - a.in);
            a.pad = mode == "SAME_LOWER" ? total - total / 2 : total / 2;
            a.padAfter = total - a.pad;
        } else if (mode == "VALID") {
            a.pad = a.padAfter = 0;
        }
        return a;
    };
    PoolShape shape;
    shape.planes = in[0] * in[1];
    shape.x = axis(rank - 1);
    if (rank == 2) shape.y = axis(0);
    return shape;
}

struct Maximum {
    static constexpr float kStart = -std::numeric_limits<float>::infinity();
    static float of(float a, float b) { return b > a ? b : a; }
};
struct Total {
    static constexpr float kStart = 0;
    static float of(float a, float b) { return a + b; }
};

template <typename Combine>
void poolRow(const PoolShape& s, const float* plane, int64_t outY, float* out) {
    for (int64_t i = 0; i < s.x.out; ++i) out[i] = Combine::kStart;
    for (int64_t ky = 0; ky < s.y.kernel; ++ky) {
        const int64_t y = outY * s.y.stride - s.y.pad + ky * s.y.dilation;
        if (y < 0 || y >= s.y.in) continue;
        for (int64_t kx = 0; kx < s.x.kernel; ++kx) {
            const auto [first, last] = s.x.inside(kx);
            const float* in = plane + y * s.x.in + kx * s.x.dilation - s.x.pad;
            if (s.x.stride == 1)
                for (int64_t i = first; i < last; ++i) out[i] = Combine::of(out[i], in[i]);
            else if (s.x.stride == 2)
                for (int64_t i = first; i < last; ++i) out[i] = Combine::of(out[i], in[i * 2]);
            else
                for (int64_t i = first; i < last; ++i) out[i] = Combine::of(out[i], in[i * s.x.stride]);
        }
    }
}

class Pool final : public Prepared {
  public:
    Pool(const PoolShape& shape, bool average, bool withPads) : m_shape(shape), m_average(average) {
        if (!average) return;
        for (int64_t y = 0; y < shape.y.out; ++y)
            for (int64_t x = 0; x < shape.x.out; ++x)
                m_weights.push_back(1.0f / static_cast<float>(std::max<int64_t>(
                                               1, shape.y.taps(y, withPads) * shape.x.taps(x, withPads))));
    }
    size_t packedBytes() const override { return m_weights.size() * sizeof(float); }
    void run(const RunArguments& arguments) const override {
        const auto& s = m_shape;
        const int64_t outPlane = s.y.out * s.x.out;
        const int64_t grain = std::max<int64_t>(1, 4096 / std::max<int64_t>(1, outPlane));
        arguments.workers->forRange(s.planes, grain, [&](int64_t begin, int64_t end) {
            for (int64_t plane = begin; plane < end; ++plane) {
                const float* in = floats(arguments.inputs[0]) + plane * s.y.in * s.x.in;
                float* out = floats(arguments.outputs[0]) + plane * outPlane;
                for (int64_t y = 0; y < s.y.out; ++y) {
                    if (m_average)
                        poolRow<Total>(s, in, y, out + y * s.x.out);
                    else
                        poolRow<Maximum>(s, in, y, out + y * s.x.out);
                }
                for (size_t i = 0; i < m_weights.size(); ++i) out[i] *= m_weights[i];
            }
        });
    }

  private:
    PoolShape m_shape;
    bool m_average;
    std::vector<float> m_weights;
};

bool accepts(const Site& site) {
    if (!isFloat(site, 0) || !makesFloat(site)) return false;
    for (size_t i = 1; i < site.outputs.size(); ++i)
        if (site.outputs[i].type != tensor::DataType::undefined) return false;
    return poolShape(site).has_value();
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    return std::unique_ptr<Prepared>(std::make_unique<Pool>(
        *poolShape(site), site.op == "AveragePool", site.attributes->integer("count_include_pad", 0) != 0));
}

}  // namespace

std::vector<Kernel> poolKernels() {
    std::vector<Kernel> kernels;
    for (const auto& [op, name] : {std::pair<std::string_view, std::string_view>{"MaxPool", "pool_max"},
                                   {"AveragePool", "pool_average"}})
        kernels.push_back({.name = name,
                           .domain = {},
                           .op = op,
                           .summary = "float32, one or two spatial dimensions",
                           .accepts = accepts,
                           .prepare = prepare,
                           .inPlace = nullptr});
    return kernels;
}

}  // namespace lathe::kernels
