// MaxPool and AveragePool of float32 in one and two dimensions: an output row is a maximum or sum of shifted
// input rows, so the inner loop runs along the row. Parallel over planes.
#include <limits>

#include "engine/kernels/cpu/support_pool.h"

namespace lathe::kernels {
namespace {

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
            const auto [first, last] = outputsInside(s.x, kx);
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
    Pool(const PoolShape& shape, std::vector<float> weights)
        : m_shape(shape), m_weights(std::move(weights)) {}
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
                    if (m_weights.empty())
                        poolRow<Maximum>(s, in, y, out + y * s.x.out);
                    else
                        poolRow<Total>(s, in, y, out + y * s.x.out);
                }
                for (size_t i = 0; i < m_weights.size(); ++i) out[i] *= m_weights[i];
            }
        });
    }

  private:
    PoolShape m_shape;
    std::vector<float> m_weights;  // of an average
};

bool accepts(const Site& site) { return poolShape(site).has_value(); }

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    const auto shape = *poolShape(site);
    return std::unique_ptr<Prepared>(std::make_unique<Pool>(shape, averageWeights(site, shape)));
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
