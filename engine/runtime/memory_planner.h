// Where each block of memory lies in the arena, so that blocks alive at the same time never overlap.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace lathe::runtime {

// Alive from step `first` to step `last`, both included.
struct Lifetime {
    uint64_t bytes = 0;
    int64_t first = 0;
    int64_t last = 0;
};

struct Arrangement {
    std::vector<uint64_t> offsets;  // one a block, multiples of kArenaAlignment
    uint64_t bytes = 0;             // the arena's size
    uint64_t lowerBound = 0;        // the largest sum of (aligned) blocks alive at one step
};

inline constexpr uint64_t kArenaAlignment = 64;
// What a block takes.
constexpr uint64_t arenaBytes(uint64_t bytes) {
    return (bytes + kArenaAlignment - 1) / kArenaAlignment * kArenaAlignment;
}

// Greedy by size: the largest block first, each at the lowest gap that fits among the placed blocks it lives
// with (Pisarchyk and Lee, "Efficient memory management for deep neural net inference", arXiv 2001.03288).
// Deterministic.
Arrangement arrange(std::span<const Lifetime> blocks);

}  // namespace lathe::runtime
