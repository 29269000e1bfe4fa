// The entropy calibration of S. Migacz, "8-bit Inference with TensorRT", GTC 2017: for each number of kept
// bins the clipped distribution P is compared with Q, which is P merged to as many levels as there are codes
// and spread over P's non-empty bins. As in NVIDIA's pytorch-quantization (calib/histogram.py) the bin at 0
// counts like its neighbour: a Relu puts half of all numbers there, every range holds 0 exactly, and that
// peak would outweigh what clipping does to the rest. Of equal divergences the widest range wins.
#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/compress/quantize/thresholds.h"

namespace lathe::compress::quantize {

namespace {

// Levels of one sign.
constexpr size_t kLevels = 128;
constexpr uint64_t kFewest = 10 * Histogram::kBins;

// Sum of P log(P / Q) for the first `kept` bins, with everything beyond in the last one.
double divergence(const std::vector<double>& bins, size_t kept, double beyond, size_t levels) {
    std::vector<double> p(bins.begin(), bins.begin() + static_cast<int64_t>(kept));
    p.back() += beyond;
    double totalP = 0, totalQ = 0;
    std::vector<double> q(kept, 0.0);
    for (size_t level = 0; level < levels; ++level) {
        const size_t begin = level * kept / levels, end = (level + 1) * kept / levels;
        double mass = 0;
        size_t filled = 0;
        for (size_t i = begin; i < end; ++i) {
            // Q is made from the distribution without the clipped outliers, which is what makes clipping
            // cost.
            mass += bins[i];
            filled += p[i] > 0 ? 1 : 0;
        }
        for (size_t i = begin; i < end; ++i)
            if (p[i] > 0) q[i] = mass / static_cast<double>(filled);
    }
    for (size_t i = 0; i < kept; ++i) {
        totalP += p[i];
        totalQ += q[i];
    }
    if (totalP <= 0 || totalQ <= 0) return INFINITY;
    double sum = 0;
    for (size_t i = 0; i < kept; ++i) {
        if (p[i] <= 0) continue;
        if (q[i] <= 0) return INFINITY;
        sum += p[i] / totalP * std::log((p[i] / totalP) / (q[i] / totalQ));
    }
    return sum;
}

}  // namespace

Range divergenceRange(const Histogram& histogram, bool symmetric) {
    const auto exact = histogram.range();
    // With a few numbers a bin the divergence follows chance, not the distribution.
    if (histogram.count() < kFewest) return exact;
    const float largest = std::max(std::fabs(exact.low), std::fabs(exact.high));
    std::vector<double> bins(Histogram::kBins, 0.0);
    for (size_t i = 0; i < bins.size(); ++i)
        bins[i] = static_cast<double>(histogram.positive()[i] + histogram.negative()[i]);
    bins[0] = bins[1];
    // Codes of both signs, when all numbers have one.
    const bool oneSided = exact.low >= 0 || exact.high <= 0;
    const size_t levels = oneSided && !symmetric ? 2 * kLevels : kLevels;
    double beyond = 0;
    for (size_t i = levels; i < bins.size(); ++i) beyond += bins[i];
    double least = INFINITY;
    float threshold = largest;
    for (size_t kept = levels; kept <= bins.size(); ++kept) {
        const double found = divergence(bins, kept, beyond, levels);
        if (found <= least) {
            least = found;
            threshold = (static_cast<float>(kept) + 0.5f) * histogram.binWidth();
        }
        if (kept < bins.size()) beyond -= bins[kept];
    }
    threshold = std::min(threshold, largest);
    return {std::max(exact.low, -threshold), std::min(exact.high, threshold)};
}

}  // namespace lathe::compress::quantize
