#include "engine/ops/support_normalize.h"

#include <cmath>

namespace lathe::ops {

Moments moments(std::span<const double> row, double epsilon) {
    const double count = static_cast<double>(row.size());
    double mean = 0, variance = 0;
    for (const double value : row) mean += value;
    mean /= count;
    for (const double value : row) variance += (value - mean) * (value - mean);
    return {mean, 1 / std::sqrt(variance / count + epsilon)};
}

double inverseRootMeanSquare(std::span<const double> row, double epsilon) {
    double sum = 0;
    for (const double value : row) sum += value * value;
    return 1 / std::sqrt(sum / static_cast<double>(row.size()) + epsilon);
}

Cost normalizationCost(const CostContext& context) {
    auto cost = trafficCost(context);
    cost.operations = 5 * context.outputElements();
    return cost;
}

}  // namespace lathe::ops
