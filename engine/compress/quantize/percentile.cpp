// Walks inward from each end until the allowed share of numbers lies outside.
#include <algorithm>

#include "engine/compress/quantize/thresholds.h"

namespace lathe::compress::quantize {

namespace {

// The magnitude beyond which at most `allowed` numbers of this sign lie; 0 when all may be outside.
float magnitudeHolding(std::span<const uint64_t> bins, double allowed, float width) {
    double outside = 0;
    for (size_t i = bins.size(); i-- > 0;) {
        outside += static_cast<double>(bins[i]);
        if (outside > allowed) return static_cast<float>(i + 1) * width;
    }
    return 0;
}

}  // namespace

Range percentileRange(const Histogram& histogram, double percentile) {
    if (histogram.empty()) return {};
    const double allowed = static_cast<double>(histogram.count()) * (1 - percentile / 100);
    const auto exact = histogram.range();
    const float high = magnitudeHolding(histogram.positive(), allowed, histogram.binWidth());
    const float low = -magnitudeHolding(histogram.negative(), allowed, histogram.binWidth());
    return {std::max(low, std::min(exact.low, 0.0f)), std::min(high, std::max(exact.high, 0.0f))};
}

}  // namespace lathe::compress::quantize
