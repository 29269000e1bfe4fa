// Rows of numbers brought to zero mean and unit variance: what the normalisations over groups share.
#pragma once

#include <span>

#include "engine/ops/cost_context.h"
#include "engine/ops/support_reals.h"

namespace lathe::ops {

struct Moments {
    double mean = 0;
    double inverseDeviation = 0;  // 1 / sqrt(variance + epsilon)
};
// The variance divides by the count.
Moments moments(std::span<const double> row, double epsilon);
// 1 / sqrt(mean of squares + epsilon).
double inverseRootMeanSquare(std::span<const double> row, double epsilon);

// About five operations an element.
Cost normalizationCost(const CostContext& context);

}  // namespace lathe::ops
