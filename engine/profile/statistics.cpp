#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/profile/profile.h"

namespace lathe::profile {
namespace {

// Type 7 of Hyndman and Fan (1996): linear between order statistics, of sorted samples.
double percentile(const std::vector<double>& sorted, double share) {
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<size_t>(place);
    if (below + 1 >= sorted.size()) return sorted.back();
    return sorted[below] + (place - static_cast<double>(below)) * (sorted[below + 1] - sorted[below]);
}

}  // namespace

Statistics statistics(std::span<const double> samples) {
    Statistics result;
    if (samples.empty()) return result;
    std::vector<double> sorted(samples.begin(), samples.end());
    std::sort(sorted.begin(), sorted.end());
    result.count = static_cast<int64_t>(sorted.size());
    result.minimum = sorted.front();
    result.maximum = sorted.back();
    result.mean = std::accumulate(sorted.begin(), sorted.end(), 0.0) / static_cast<double>(sorted.size());
    result.median = percentile(sorted, 0.5);
    result.p90 = percentile(sorted, 0.9);
    result.p99 = percentile(sorted, 0.99);
    double squares = 0;
    for (const double value : sorted) squares += (value - result.mean) * (value - result.mean);
    // Of a sample: over one less than its size.
    if (result.count > 1 && result.mean > 0)
        result.variation = std::sqrt(squares / static_cast<double>(result.count - 1)) / result.mean;
    for (auto& value : sorted) value = std::fabs(value - result.median);
    std::sort(sorted.begin(), sorted.end());
    result.medianAbsoluteDeviation = percentile(sorted, 0.5);
    return result;
}

}  // namespace lathe::profile
