// InstanceNormalization and GroupNormalization of float32, plain: the channels of a group are one row.
// Parallel over groups.
#include "engine/kernels/cpu/micro.h"
#include "engine/kernels/cpu/support_group_norm.h"
#include "engine/kernels/cpu/support_moments.h"

namespace lathe::kernels {
namespace {

class NormalizeGroups final : public Prepared {
  public:
    explicit NormalizeGroups(const GroupNormShape& shape) : m_shape(shape) {}

    void run(const RunArguments& arguments) const override {
        const int64_t length = m_shape.groupChannels * m_shape.places;
        const int64_t rows = m_shape.images * m_shape.channels / m_shape.groupChannels;
        const int64_t grain = std::max<int64_t>(1, 8192 / length);
        arguments.workers->forRange(rows, grain, [&](int64_t begin, int64_t end) {
            for (int64_t row = begin; row < end; ++row) {
                const float* in = floats(arguments.inputs[0]) + row * length;
                float* out = floats(arguments.outputs[0]) + row * length;
                const auto found = momentsOf(in, length).normalizer(m_shape.epsilon);
                for (int64_t i = 0; i < m_shape.groupChannels; ++i) {
                    const int64_t channel = (row * m_shape.groupChannels + i) % m_shape.channels;
                    RowScale r;
                    r.in = in + i * m_shape.places;
                    r.out = out + i * m_shape.places;
                    r.count = m_shape.places;
                    r.mean = found.mean;
                    r.rest = found.rest;
                    r.factor = found.factor * floats(arguments.inputs[1])[channel];
                    r.shift = floats(arguments.inputs[2])[channel];
                    micro().scaleRow(r);
                }
            }
        });
    }

  private:
    GroupNormShape m_shape;
};

bool accepts(const Site& site) { return groupNormShape(site).has_value(); }

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    return std::unique_ptr<Prepared>(std::make_unique<NormalizeGroups>(*groupNormShape(site)));
}

}  // namespace

std::vector<Kernel> normalizeGroupsKernels() {
    std::vector<Kernel> kernels;
    for (const auto& [op, name] :
         {std::pair<std::string_view, std::string_view>{"GroupNormalization", "normalize_group"},
          {"InstanceNormalization", "normalize_instance"}})
        kernels.push_back({.name = name,
                           .domain = {},
                           .op = op,
                           .summary = "float32",
                           .accepts = accepts,
                           .prepare = prepare,
                           .inPlace = overFirstInput});
    return kernels;
}

}  // namespace lathe::kernels
