#include "engine/compress/quantize/ranges.h"

#include <algorithm>
#include <cmath>

namespace lathe::compress::quantize {

namespace {

// Each bin of the result is the sum of two; the upper half becomes free.
void mergePairs(std::vector<uint64_t>& bins) {
    for (size_t i = 0; i < bins.size() / 2; ++i) bins[i] = bins[2 * i] + bins[2 * i + 1];
    std::fill(bins.begin() + static_cast<int64_t>(bins.size() / 2), bins.end(), 0);
}

}  // namespace

void Histogram::widen(float magnitude) {
    if (m_limit == 0) {
        // A power of two keeps bin borders exact through any number of doublings. frexp: magnitude <
        // 2^exponent.
        int exponent = 0;
        std::frexp(magnitude, &exponent);
        m_limit = std::ldexp(1.0f, std::clamp(exponent, -100, 127));
    }
    while (magnitude >= m_limit && m_limit < std::ldexp(1.0f, 127)) {
        mergePairs(m_positive);
        mergePairs(m_negative);
        m_limit *= 2;
    }
}

void Histogram::add(std::span<const float> numbers) {
    if (m_positive.empty()) {
        m_positive.assign(kBins, 0);
        m_negative.assign(kBins, 0);
    }
    float low = m_count ? m_low : INFINITY, high = m_count ? m_high : -INFINITY;
    uint64_t seen = 0;
    for (const float x : numbers) {
        if (!std::isfinite(x)) continue;
        low = std::min(low, x);
        high = std::max(high, x);
        ++seen;
    }
    m_notFinite += numbers.size() - seen;
    if (seen == 0) return;
    m_low = low;
    m_high = high;
    m_count += seen;
    const float magnitude = std::max(std::fabs(low), std::fabs(high));
    if (magnitude > 0) widen(magnitude);
    const float toBin = m_limit > 0 ? static_cast<float>(kBins) / m_limit : 0;
    for (const float x : numbers) {
        if (!std::isfinite(x)) continue;
        const auto bin = std::min(static_cast<size_t>(std::fabs(x) * toBin), kBins - 1);
        ++(x < 0 ? m_negative : m_positive)[bin];
    }
}

}  // namespace lathe::compress::quantize
