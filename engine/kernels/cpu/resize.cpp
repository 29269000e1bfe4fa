// Resize of float32, linear and cubic with everything the op knows, plain and on blocked channels: weighted
// sums along one axis after the other, two neighbouring axes in one go.
#include "engine/kernels/cpu/support_blocked.h"
#include "engine/kernels/cpu/support_resample.h"

namespace lathe::kernels {
namespace {

// Places of an axis that lie outside the input: they get the extrapolation value, whatever the other axes
// say.
struct Outside {
    int64_t outer = 1, length = 1, inner = 1;  // elements of the result around the axis
    std::vector<int64_t> places;
};

class Resize final : public Prepared {
  public:
    // `dimensions` as they lie in memory.
    Resize(tensor::Dimensions dimensions, const std::vector<std::vector<ops::Taps>>& taps) {
        std::vector<int64_t> now(dimensions.begin(), dimensions.end());
        for (size_t i = now.size(); i-- > 0;) {
            if (taps[i].empty()) continue;
            // With the axis before it when that changes too; the last axis takes the rows before it as they
            // are.
            const bool pair = i > 0 && !taps[i - 1].empty(), last = i + 1 == now.size();
            const int64_t inner = countOf(now, i + 1, now.size());
            TapTable axis(now[i], taps[i]);
            if (pair) {
                TapTable rows(now[i - 1], taps[i - 1]);
                add(countOf(now, 0, i - 1), std::move(rows), std::move(axis), inner);
            } else if (last) {
                add(1, TapTable(countOf(now, 0, i), {}), std::move(axis), 1);
            } else {
                add(countOf(now, 0, i), std::move(axis), TapTable(1, {}), inner);
            }
            now[i] = static_cast<int64_t>(taps[i].size());
            if (pair) now[i - 1] = static_cast<int64_t>(taps[i - 1].size());
            if (pair) --i;
        }
        m_elements = countOf(now, 0, now.size());
    }

    // The value where an axis has no taps.
    void fillOutside(tensor::Dimensions out, const std::vector<std::vector<ops::Taps>>& taps, float value) {
        m_outside = value;
        for (size_t axis = 0; axis < out.size(); ++axis) {
            Outside outside{countOf(out, 0, axis), out[axis], countOf(out, axis + 1, out.size()), {}};
            for (size_t i = 0; i < taps[axis].size(); ++i)
                if (taps[axis][i].indices.empty()) outside.places.push_back(static_cast<int64_t>(i));
            if (!outside.places.empty()) m_fills.push_back(std::move(outside));
        }
    }

    size_t scratchBytes() const override {
        size_t most = 0;
        for (const auto& stage : m_stages) most = std::max(most, stage.scratchBytes());
        return 2 * betweenBytes() + most;
    }
    size_t packedBytes() const override {
        size_t bytes = 0;
        for (const auto& stage : m_stages) bytes += stage.packedBytes();
        return bytes;
    }
    bool packs(size_t input) const override { return input > 0; }

    void run(const RunArguments& arguments) const override {
        const float* in = floats(arguments.inputs[0]);
        float* result = floats(arguments.outputs[0]);
        std::byte* between[] = {arguments.scratch, arguments.scratch + betweenBytes()};
        for (size_t i = 0; i < m_stages.size(); ++i) {
            float* out = i + 1 == m_stages.size() ? result : floats(between[i % 2]);
            m_stages[i].run(in, out, arguments.scratch + 2 * betweenBytes(), *arguments.workers);
            in = out;
        }
        if (m_stages.empty()) std::copy_n(in, m_elements, result);
        for (const auto& outside : m_fills) fill(outside, result);
    }

  private:
    void add(int64_t planes, TapTable rows, TapTable columns, int64_t pixel) {
        m_stages.emplace_back(planes, std::move(rows), std::move(columns), pixel);
    }

    void fill(const Outside& outside, float* result) const {
        for (int64_t i = 0; i < outside.outer; ++i)
            for (const auto place : outside.places)
                std::fill_n(result + (i * outside.length + place) * outside.inner, outside.inner, m_outside);
    }

    // Of the results of all stages but the last, which take turns in two places.
    size_t betweenBytes() const {
        int64_t most = 0;
        for (size_t i = 0; i + 1 < m_stages.size(); ++i) most = std::max(most, m_stages[i].outElements());
        return scratchAligned(static_cast<size_t>(most) * sizeof(float));
    }

    std::vector<ResampleStage> m_stages;
    std::vector<Outside> m_fills;
    float m_outside = 0;
    int64_t m_elements = 0;
};

// The nearest element as well, where something lies outside.
bool accepts(const Site& site) { return isFloat(site, 0) && resizeAxesOf(site); }

// A few channels alone in their blocks are resized faster without the rest.
bool acceptsBlocked(const Site& site) {
    if (site.inputs[0].layout != Layout::blocked || site.outputs[0].layout != Layout::blocked) return false;
    const auto &in = shapeOf(site, 0), &out = outputShape(site);
    return in.size() == 4 && in[1] == out[1] && 4 * in[1] > channelBlock() && accepts(site) &&
           resizeTapsOf(site)[1].empty();
}

base::Result<std::unique_ptr<Prepared>> prepare(const Site& site) {
    auto taps = resizeTapsOf(site);
    std::vector<int64_t> in(shapeOf(site, 0).begin(), shapeOf(site, 0).end());
    std::vector<int64_t> out(outputShape(site).begin(), outputShape(site).end());
    if (site.inputs[0].layout == Layout::blocked) {
        taps.emplace_back();
        for (auto* shape : {&in, &out}) {
            (*shape)[1] = blocksOf((*shape)[1]);
            shape->push_back(channelBlock());
        }
    }
    auto result = std::make_unique<Resize>(in, taps);
    if (ops::resampleOptions(*site.attributes).coordinates == "tf_crop_and_resize")
        result->fillOutside(out, taps, site.attributes->real("extrapolation_value", 0));
    return std::unique_ptr<Prepared>(std::move(result));
}

}  // namespace

std::vector<Kernel> resizeKernels() {
    return {{.name = "resize",
             .domain = {},
             .op = "Resize",
             .summary = "float32, linear and cubic",
             .accepts = accepts,
             .prepare = prepare,
             .inPlace = nullptr},
            {.name = "resize_blocked",
             .domain = {},
             .op = "Resize",
             .summary = "float32 on blocked channels, linear and cubic, along the spatial axes",
             .accepts = acceptsBlocked,
             .prepare = prepare,
             .inPlace = nullptr,
             .blocked = true}};
}

}  // namespace lathe::kernels
