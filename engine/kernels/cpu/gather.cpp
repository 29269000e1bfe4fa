// Gather of elements of whole bytes: rows of a table, picked by indices that only a run knows. The table may
// lie unaligned, as the word vectors of a language model do in their file, where it stays.
#include <fmt/format.h>

#include <cstring>
#include <optional>

#include "engine/kernels/cpu/support_site.h"

namespace lathe::kernels {
namespace {

constexpr int64_t kGrainBytes = 65536;

class Gather final : public Prepared {
  public:
    Gather(int64_t outer, int64_t length, int64_t picks, int64_t rowBytes, bool wide, std::string label)
        : m_outer(outer),
          m_length(length),
          m_picks(picks),
          m_rowBytes(rowBytes),
          m_wide(wide),
          m_label(std::move(label)) {}

    base::Status check(const RunArguments& arguments) const override {
        for (int64_t i = 0; i < m_picks; ++i) {
            const int64_t index = given(arguments, i);
            if (index < -m_length || index >= m_length)
                return base::Error::badInput(
                    fmt::format("{}: index {} is outside [{}, {})", m_label, index, -m_length, m_length));
        }
        return {};
    }

    void run(const RunArguments& arguments) const override {
        const int64_t grain = std::max<int64_t>(1, kGrainBytes / std::max<int64_t>(m_rowBytes, 1));
        arguments.workers->forRange(m_outer * m_picks, grain, [&](int64_t begin, int64_t end) {
            for (int64_t row = begin; row < end; ++row) {
                const int64_t index = given(arguments, row % m_picks);
                const int64_t from = row / m_picks * m_length + (index < 0 ? index + m_length : index);
                std::memcpy(arguments.outputs[0] + row * m_rowBytes, arguments.inputs[0] + from * m_rowBytes,
                            static_cast<size_t>(m_rowBytes));
            }
        });
    }

  private:
    int64_t given(const RunArguments& arguments, int64_t at) const {
        if (m_wide) return reinterpret_cast<const int64_t*>(arguments.inputs[1])[at];
        return reinterpret_cast<const int32_t*>(arguments.inputs[1])[at];
    }

    int64_t m_outer, m_length, m_picks, m_rowBytes;
    bool m_wide;
    std::string m_label;
};

std::optional<size_t> axisOf(const Site& site) {
    const auto rank = static_cast<int64_t>(shapeOf(site, 0).size());
    const auto axis = tensor::normalizedAxis(site.attributes->integer("axis", 0), rank);
    return axis ? std::optional<size_t>(static_cast<size_t>(*axis)) : std::nullopt;
}

bool accepts(const Site& site) {
    if (!site.has(0) || !site.has(1) || site.outputs.empty() || site.outputs[0].type != site.inputs[0].type)
        return false;
    const auto indices = site.inputs[1].type;
    if (indices != tensor::DataType::int64 && indices != tensor::DataType::int32) return false;
    return tensor::bitWidth(site.inputs[0].type) % 8 == 0 && tensor::bitWidth(site.inputs[0].type) > 0 &&
           axisOf(site);
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    const auto& shape = shapeOf(site, 0);
    const auto axis = *axisOf(site);
    const int64_t inner = countOf(shape, axis + 1, shape.size());
    return std::unique_ptr<Prepared>(
        std::make_unique<Gather>(countOf(shape, 0, axis), shape[axis], tensor::elementCount(shapeOf(site, 1)),
                                 inner * tensor::bitWidth(site.inputs[0].type) / 8,
                                 site.inputs[1].type == tensor::DataType::int64, site.label));
}

}  // namespace

std::vector<Kernel> gatherKernels() {
    return {{.name = "gather_rows",
             .domain = {},
             .op = "Gather",
             .summary = "elements of whole bytes",
             .accepts = accepts,
             .prepare = prepare,
             .inPlace = nullptr,
             .unalignedConstant = 0}};
}

}  // namespace lathe::kernels
