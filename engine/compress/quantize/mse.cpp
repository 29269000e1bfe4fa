// One-dimensional searches for the ends of the range that minimise the squared error over the histogram.
#include <algorithm>
#include <cmath>

#include "engine/compress/quantize/thresholds.h"

namespace lathe::compress::quantize {

namespace {

constexpr int kSteps = 100;

}  // namespace

double squaredError(const Histogram& histogram, const Affine& affine) {
    double error = 0;
    const float width = histogram.binWidth();
    const auto add = [&](std::span<const uint64_t> bins, float sign) {
        for (size_t i = 0; i < bins.size(); ++i) {
            if (bins[i] == 0) continue;
            const float x = sign * (static_cast<float>(i) + 0.5f) * width;
            const double difference = static_cast<double>(x - dequantized(quantized(x, affine), affine));
            error += static_cast<double>(bins[i]) * difference * difference;
        }
    };
    add(histogram.positive(), 1);
    add(histogram.negative(), -1);
    return error;
}

Range squaredErrorRange(const Histogram& histogram, tensor::DataType type, bool symmetric) {
    if (histogram.empty()) return {};
    const auto exact = histogram.range();
    Range best{std::min(exact.low, 0.0f), std::max(exact.high, 0.0f)};
    double least = squaredError(histogram, affineFor(best, type, symmetric));
    const auto consider = [&](Range range) {
        const double error = squaredError(histogram, affineFor(range, type, symmetric));
        if (error < least) {
            least = error;
            best = range;
        }
    };
    // Both ends together first, then each by itself around the best.
    const Range whole = best;
    for (int i = 1; i < kSteps; ++i) {
        const float share = static_cast<float>(i) / kSteps;
        consider({whole.low * share, whole.high * share});
    }
    if (symmetric || whole.low == 0 || whole.high == 0) return best;
    const float low = best.low;
    for (int i = 1; i <= kSteps; ++i) consider({low, whole.high * static_cast<float>(i) / kSteps});
    const float high = best.high;
    for (int i = 1; i <= kSteps; ++i) consider({whole.low * static_cast<float>(i) / kSteps, high});
    return best;
}

}  // namespace lathe::compress::quantize
