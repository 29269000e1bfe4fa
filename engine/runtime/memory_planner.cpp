#include "engine/runtime/memory_planner.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace lathe::runtime {
namespace {

uint64_t largestLiveSum(std::span<const Lifetime> blocks) {
    std::map<int64_t, int64_t> changes;
    for (const auto& block : blocks) {
        changes[block.first] += static_cast<int64_t>(arenaBytes(block.bytes));
        changes[block.last + 1] -= static_cast<int64_t>(arenaBytes(block.bytes));
    }
    int64_t live = 0, largest = 0;
    for (const auto& [step, change] : changes) largest = std::max(largest, live += change);
    return static_cast<uint64_t>(largest);
}

}  // namespace

Arrangement arrange(std::span<const Lifetime> blocks) {
    Arrangement result;
    result.offsets.assign(blocks.size(), 0);
    result.lowerBound = largestLiveSum(blocks);

    std::vector<size_t> bySize(blocks.size());
    std::iota(bySize.begin(), bySize.end(), size_t{0});
    std::stable_sort(bySize.begin(), bySize.end(), [&](size_t a, size_t b) {
        return blocks[a].bytes != blocks[b].bytes ? blocks[a].bytes > blocks[b].bytes
                                                  : blocks[a].first < blocks[b].first;
    });
    std::vector<size_t> placed;  // by offset
    for (const size_t block : bySize) {
        const uint64_t size = arenaBytes(blocks[block].bytes);
        uint64_t offset = 0;
        for (const size_t other : placed) {
            if (blocks[other].last < blocks[block].first || blocks[block].last < blocks[other].first)
                continue;
            if (result.offsets[other] >= offset + size) break;
            offset = std::max(offset, result.offsets[other] + arenaBytes(blocks[other].bytes));
        }
        result.offsets[block] = offset;
        result.bytes = std::max(result.bytes, offset + size);
        const auto after = [&](uint64_t at, size_t other) { return at < result.offsets[other]; };
        placed.insert(std::upper_bound(placed.begin(), placed.end(), offset, after), block);
    }
    return result;
}

}  // namespace lathe::runtime
