// What the kernels for Resize share: the node's axes and taps, as the op reads them, and tables of taps that
// the inner loops walk.
#pragma once

#include <optional>
#include <vector>

#include "engine/kernels/cpu/micro.h"
#include "engine/kernels/cpu/support_site.h"
#include "engine/ops/support_resize.h"

namespace lathe::kernels {

// The axes of a node whose scales, sizes and region are known before the run and which has something to do.
std::optional<std::vector<ops::ResizeAxis>> resizeAxesOf(const Site& site);
// For each axis the taps of its elements, none when it stays as it is.
std::vector<std::vector<ops::Taps>> resizeTapsOf(const Site& site);

// The taps of one axis side by side, those of one input put together.
class TapTable {
  public:
    TapTable() = default;
    // No taps: nothing is resampled, `in` elements stay.
    TapTable(int64_t in, const std::vector<ops::Taps>& taps);

    bool resamples() const { return !m_starts.empty(); }
    int64_t in() const { return m_in; }
    int64_t out() const { return m_out; }
    // The inputs [first, last) that results [begin, end) need; none: both are 0.
    struct Range {
        int64_t first = 0, last = 0;
    };
    Range needed(int64_t begin, int64_t end) const;
    // Tells a mix which results to make of which inputs; `in` holds input `inFirst` first.
    void describe(PlaceMix& mix, int64_t begin, int64_t end, int64_t inFirst) const;
    size_t bytes() const;

  private:
    int64_t m_in = 1, m_out = 1, m_stride = 1;
    std::vector<int32_t> m_starts, m_counts;
    std::vector<float> m_weights;
};

}  // namespace lathe::kernels
