#include "engine/kernels/cpu/support_resize.h"

#include <limits>

namespace lathe::kernels {
namespace {

// Inputs roi, scales, sizes; nothing when one that matters is known at the run only.
std::optional<ops::ResizeInputs> knownInputs(const Site& site) {
    const tensor::Tensor* found[4] = {};
    for (size_t i = 1; i < 4; ++i) {
        found[i] = constantOf(site, i);
        const bool read =
            i != 1 || ops::resampleOptions(*site.attributes).coordinates == "tf_crop_and_resize";
        if (site.has(i) && !found[i] && read) return {};
    }
    return ops::ResizeInputs{found[1], found[2], found[3]};
}

bool keepsAll(const std::vector<ops::Taps>& taps) {
    for (size_t i = 0; i < taps.size(); ++i) {
        const auto& [indices, weights] = taps[i];
        if (indices.size() != 1 || indices[0] != static_cast<int64_t>(i) || weights[0] != 1) return false;
    }
    return true;
}

}  // namespace

std::optional<std::vector<ops::ResizeAxis>> resizeAxesOf(const Site& site) {
    if (!site.has(0) || site.outputs.empty() || site.outputs[0].type != site.inputs[0].type) return {};
    const auto &in = shapeOf(site, 0), &out = outputShape(site);
    const auto inputs = knownInputs(site);
    if (!inputs || tensor::elementCount(in) == 0 || tensor::elementCount(out) == 0) return {};
    auto axes = ops::resizeAxes(*site.attributes, in, *inputs);
    if (!axes || axes->size() != out.size()) return {};
    for (size_t i = 0; i < out.size(); ++i)
        if ((*axes)[i].output != out[i] || in[i] > std::numeric_limits<int32_t>::max()) return {};
    return std::move(*axes);
}

std::vector<std::vector<ops::Taps>> resizeTapsOf(const Site& site) {
    auto taps = ops::resizeTaps(*site.attributes, shapeOf(site, 0), *resizeAxesOf(site));
    // A region that is the whole axis changes nothing.
    for (size_t i = 0; i < taps.size(); ++i)
        if (outputShape(site)[i] == shapeOf(site, 0)[i] && keepsAll(taps[i])) taps[i].clear();
    return taps;
}

TapTable::TapTable(int64_t in, const std::vector<ops::Taps>& taps) : m_in(in), m_out(in) {
    if (taps.empty()) return;
    m_out = static_cast<int64_t>(taps.size());
    for (const auto& [indices, weights] : taps) {
        const auto [least, most] = std::minmax_element(indices.begin(), indices.end());
        m_starts.push_back(indices.empty() ? 0 : static_cast<int32_t>(*least));
        m_counts.push_back(indices.empty() ? 0 : static_cast<int32_t>(*most - *least + 1));
        m_stride = std::max<int64_t>(m_stride, m_counts.back());
    }
    m_weights.assign(static_cast<size_t>(m_out * m_stride), 0);
    std::vector<double> sums;
    for (size_t i = 0; i < taps.size(); ++i) {
        sums.assign(static_cast<size_t>(m_stride), 0);
        for (size_t t = 0; t < taps[i].indices.size(); ++t)
            sums[static_cast<size_t>(taps[i].indices[t] - m_starts[i])] += taps[i].weights[t];
        for (size_t t = 0; t < sums.size(); ++t)
            m_weights[i * static_cast<size_t>(m_stride) + t] = static_cast<float>(sums[t]);
    }
}

TapTable::Range TapTable::needed(int64_t begin, int64_t end) const {
    if (!resamples()) return {begin, end};
    Range range{m_in, 0};
    for (auto i = static_cast<size_t>(begin); i < static_cast<size_t>(end); ++i) {
        if (m_counts[i] == 0) continue;
        range.first = std::min<int64_t>(range.first, m_starts[i]);
        range.last = std::max<int64_t>(range.last, m_starts[i] + m_counts[i]);
    }
    return range.last == 0 ? Range{} : range;
}

void TapTable::describe(PlaceMix& mix, int64_t begin, int64_t end, int64_t inFirst) const {
    mix.first = begin;
    mix.last = end;
    mix.inFirst = inFirst;
    mix.starts = m_starts.data();
    mix.counts = m_counts.data();
    mix.weights = m_weights.data();
    mix.weightStride = m_stride;
}

size_t TapTable::bytes() const {
    return (m_starts.size() + m_counts.size()) * sizeof(int32_t) + m_weights.size() * sizeof(float);
}

}  // namespace lathe::kernels
