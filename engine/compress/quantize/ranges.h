// The distribution of a value over many samples in bounded memory: exact least and largest number, and a
// histogram whose bins double in width whenever a larger number arrives.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/compress/quantize/affine.h"

namespace lathe::compress::quantize {

// 2048 bins for each sign: 32 KB a value, whatever the number of samples.
class Histogram {
  public:
    static constexpr size_t kBins = 2048;

    // Numbers that are not finite are counted apart and otherwise left out.
    void add(std::span<const float> numbers);

    bool empty() const { return m_count == 0; }
    uint64_t count() const { return m_count; }
    uint64_t notFinite() const { return m_notFinite; }
    Range range() const { return {m_low, m_high}; }
    float binWidth() const { return m_limit / static_cast<float>(kBins); }
    // Bin i holds numbers in [i, i + 1) * binWidth.
    std::span<const uint64_t> positive() const { return m_positive; }
    // Bin i holds numbers in (-(i + 1), -i] * binWidth without 0.
    std::span<const uint64_t> negative() const { return m_negative; }

  private:
    void widen(float magnitude);

    std::vector<uint64_t> m_positive, m_negative;
    float m_limit = 0;
    float m_low = 0, m_high = 0;
    uint64_t m_count = 0, m_notFinite = 0;
};

}  // namespace lathe::compress::quantize
