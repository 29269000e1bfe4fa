// Resize to the nearest element, for elements of 1, 2, 4 and 8 bytes: along each axis every result has one
// source. Rows of one source are made once and copied. Parallel over rows.
#include <cstring>

#include "engine/kernels/cpu/support_resize.h"

namespace lathe::kernels {
namespace {

constexpr int64_t kTaskBytes = 65536;

// What the last axis that changes does to a row: units that lie side by side move together.
template <typename T>
void gatherRow(const std::byte* in, std::byte* out, const std::vector<int32_t>& sources) {
    const auto* from = reinterpret_cast<const T*>(in);
    auto* to = reinterpret_cast<T*>(out);
    for (size_t i = 0; i < sources.size(); ++i) to[i] = from[sources[i]];
}

class ResizeNearest final : public Prepared {
  public:
    ResizeNearest(tensor::Dimensions in, const std::vector<std::vector<ops::Taps>>& taps, int64_t bytes) {
        size_t last = in.size() - 1;
        while (last > 0 && taps[last].empty()) --last;
        m_unit = bytes * countOf(in, last + 1, in.size());
        for (size_t i = 0; i <= last; ++i) {
            auto& axis = m_axes.emplace_back();
            axis.stride = countOf(in, i + 1, in.size()) * bytes;
            axis.sources = sourcesOf(in[i], taps[i]);
        }
        m_row = std::move(m_axes.back().sources);
        m_axes.pop_back();
        for (const auto& axis : m_axes) m_rows *= static_cast<int64_t>(axis.sources.size());
    }

    size_t packedBytes() const override {
        size_t count = m_row.size();
        for (const auto& axis : m_axes) count += axis.sources.size();
        return count * sizeof(int32_t);
    }
    bool packs(size_t input) const override { return input > 0; }

    void run(const RunArguments& arguments) const override {
        const int64_t rowBytes = static_cast<int64_t>(m_row.size()) * m_unit;
        const int64_t grain = std::max<int64_t>(1, kTaskBytes / rowBytes);
        arguments.workers->forRange(m_rows, grain, [&](int64_t begin, int64_t end) {
            int64_t before = -1;
            for (int64_t row = begin; row < end; ++row) {
                const int64_t from = sourceOf(row);
                std::byte* out = arguments.outputs[0] + row * rowBytes;
                if (from == before)
                    std::memcpy(out, out - rowBytes, static_cast<size_t>(rowBytes));
                else
                    makeRow(arguments.inputs[0] + from, out);
                before = from;
            }
        });
    }

  private:
    struct Axis {
        int64_t stride = 0;  // bytes
        std::vector<int32_t> sources;
    };

    static std::vector<int32_t> sourcesOf(int64_t size, const std::vector<ops::Taps>& taps) {
        std::vector<int32_t> sources;
        for (int64_t i = 0; taps.empty() && i < size; ++i) sources.push_back(static_cast<int32_t>(i));
        for (const auto& tap : taps) sources.push_back(static_cast<int32_t>(tap.indices[0]));
        return sources;
    }

    int64_t sourceOf(int64_t row) const {
        int64_t at = 0;
        for (size_t i = m_axes.size(); i-- > 0;) {
            const auto count = static_cast<int64_t>(m_axes[i].sources.size());
            at += m_axes[i].sources[static_cast<size_t>(row % count)] * m_axes[i].stride;
            row /= count;
        }
        return at;
    }

    void makeRow(const std::byte* in, std::byte* out) const {
        switch (m_unit) {
            case 1:
                return gatherRow<uint8_t>(in, out, m_row);
            case 2:
                return gatherRow<uint16_t>(in, out, m_row);
            case 4:
                return gatherRow<uint32_t>(in, out, m_row);
            case 8:
                return gatherRow<uint64_t>(in, out, m_row);
            default:
                for (const auto source : m_row) {
                    std::memcpy(out, in + source * m_unit, static_cast<size_t>(m_unit));
                    out += m_unit;
                }
        }
    }

    std::vector<Axis> m_axes;    // before the last that changes
    std::vector<int32_t> m_row;  // of that
    int64_t m_unit = 1;          // bytes that move together
    int64_t m_rows = 1;
};

bool accepts(const Site& site) {
    if (!site.has(0) || ops::resampleOptions(*site.attributes).mode != "nearest") return false;
    const int bits = tensor::bitWidth(site.inputs[0].type);
    if ((bits != 8 && bits != 16 && bits != 32 && bits != 64) || shapeOf(site, 0).empty()) return false;
    if (!resizeAxesOf(site)) return false;
    // Nothing lies outside, where the value would be another.
    for (const auto& axis : resizeTapsOf(site))
        for (const auto& taps : axis)
            if (taps.indices.size() != 1) return false;
    return true;
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    return std::unique_ptr<Prepared>(std::make_unique<ResizeNearest>(
        shapeOf(site, 0), resizeTapsOf(site), tensor::bitWidth(site.inputs[0].type) / 8));
}

}  // namespace

std::vector<Kernel> resizeNearestKernels() {
    return {{.name = "resize_nearest",
             .domain = {},
             .op = "Resize",
             .summary = "elements of whole bytes to the nearest, nothing outside",
             .accepts = accepts,
             .prepare = prepare,
             .inPlace = nullptr}};
}

}  // namespace lathe::kernels
