// Geometry of MaxPool and AveragePool in one and two dimensions (a one-dimensional one has height 1).
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "engine/kernels/cpu/micro.h"
#include "engine/kernels/cpu/support_site.h"

namespace lathe::kernels {

// Outputs [first, last) whose tap `k` lies inside the input.
std::pair<int64_t, int64_t> outputsInside(const PoolAxis& axis, int64_t k);

struct PoolShape {
    int64_t planes = 0;
    PoolAxis y, x;
};

// Nothing for other ranks, and for nodes that want the indices too.
std::optional<PoolShape> poolShape(const Site& site);

// 1 / elements that count in the average, for each output of a plane; empty for MaxPool.
std::vector<float> averageWeights(const Site& site, const PoolShape& shape);

}  // namespace lathe::kernels
