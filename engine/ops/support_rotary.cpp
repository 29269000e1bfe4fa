#include "engine/ops/support_rotary.h"

#include <cmath>

namespace lathe::ops {

base::Result<RotaryCache> readRotaryCache(const EvalContext& context, size_t cosines, size_t sines) {
    const auto &cosine = context.in(cosines), &sine = context.in(sines);
    if (!(cosine.shape() == sine.shape()) || cosine.rank() < 2)
        return context.error("caches {} and {} do not fit each other", tensor::toString(cosine.shape()),
                             tensor::toString(sine.shape()));
    const int64_t half = cosine.shape().back();
    return RotaryCache{half > 0 ? cosine.elementCount() / half : 0, half, reals(cosine), reals(sine)};
}

RotaryCache usualRotaryCache(int64_t positions, int64_t half) {
    RotaryCache cache{positions, half, {}, {}};
    for (int64_t position = 0; position < positions; ++position)
        for (int64_t i = 0; i < half; ++i) {
            const double angle = static_cast<double>(position) /
                                 std::pow(10000.0, static_cast<double>(i) / static_cast<double>(half));
            cache.cosines.push_back(std::cos(angle));
            cache.sines.push_back(std::sin(angle));
        }
    return cache;
}

base::Status rotateHeads(const EvalContext& context, Heads& x, const RotaryCache& cache,
                         std::span<const int64_t> at, bool interleaved) {
    if (2 * cache.half > x.size)
        return context.error("the caches turn {} features, but a head has {}", 2 * cache.half, x.size);
    if (static_cast<int64_t>(at.size()) != x.batch * x.steps)
        return context.error("position_ids has {} items, expected {}", at.size(), x.batch * x.steps);
    for (const auto position : at)
        if (position < 0 || position >= cache.positions)
            return context.error("position {} is outside the cache of {}", position, cache.positions);
    for (int64_t n = 0; n < x.batch; ++n)
        for (int64_t s = 0; s < x.steps; ++s) {
            const int64_t first = at[static_cast<size_t>(n * x.steps + s)] * cache.half;
            for (int64_t h = 0; h < x.heads; ++h) {
                double* features = x.row(n, h, s);
                for (int64_t i = 0; i < cache.half; ++i) {
                    const auto entry = static_cast<size_t>(first + i);
                    double &a = features[interleaved ? 2 * i : i],
                           &b = features[interleaved ? 2 * i + 1 : cache.half + i];
                    const double x1 = a, x2 = b;
                    a = x1 * cache.cosines[entry] - x2 * cache.sines[entry];
                    b = x2 * cache.cosines[entry] + x1 * cache.sines[entry];
                }
            }
        }
    return {};
}

Cost rotaryCost(const CostContext& context) {
    auto cost = trafficCost(context);
    cost.operations = 3 * context.outputElements();
    return cost;
}

}  // namespace lathe::ops
