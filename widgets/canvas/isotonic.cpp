#include "widgets/canvas/isotonic.h"

#include <algorithm>

namespace lathe::canvas {
namespace {

constexpr size_t kMedianLimit = 48;

struct Pool {
    size_t begin = 0, end = 0;
    double weight = 0, sum = 0, value = 0;
};

}  // namespace

double weightedMedian(std::vector<std::pair<double, double>>& values) {
    if (values.size() == 1) return values[0].first;
    std::sort(values.begin(), values.end());
    double total = 0;
    for (const auto& [position, weight] : values) total += weight;
    double before = 0;
    for (size_t i = 0; i < values.size(); ++i) {
        before += values[i].second;
        if (before > total / 2 + 1e-9) return values[i].first;
        if (before > total / 2 - 1e-9)
            return i + 1 < values.size() ? (values[i].first + values[i + 1].first) / 2 : values[i].first;
    }
    return values.back().first;
}

void placeInRow(std::span<const Wish> wishes, std::vector<double>& positions) {
    const size_t count = wishes.size();
    positions.resize(count);
    // Without the least distances the problem is to find a non-decreasing sequence.
    std::vector<double> reduced(count);
    double offset = 0;
    for (size_t i = 0; i < count; ++i) {
        if (i > 0) offset += wishes[i].distance;
        reduced[i] = wishes[i].position - offset;
    }
    std::vector<Pool> pools;
    pools.reserve(count);
    std::vector<std::pair<double, double>> members;
    for (size_t i = 0; i < count; ++i) {
        Pool pool{i, i + 1, wishes[i].weight, wishes[i].weight * reduced[i], reduced[i]};
        while (!pools.empty() && pools.back().value > pool.value) {
            const Pool& last = pools.back();
            pool.begin = last.begin;
            pool.weight += last.weight;
            pool.sum += last.sum;
            pools.pop_back();
            if (pool.end - pool.begin <= kMedianLimit) {
                members.clear();
                for (size_t k = pool.begin; k < pool.end; ++k)
                    members.emplace_back(reduced[k], wishes[k].weight);
                pool.value = weightedMedian(members);
            } else {
                pool.value = pool.sum / pool.weight;
            }
        }
        pools.push_back(pool);
    }
    offset = 0;
    for (const Pool& pool : pools)
        for (size_t i = pool.begin; i < pool.end; ++i) {
            if (i > 0) offset += wishes[i].distance;
            positions[i] = pool.value + offset;
        }
}

}  // namespace lathe::canvas
