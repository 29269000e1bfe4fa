#include "engine/runtime/memory_planner.h"

#include <gtest/gtest.h>

#include <random>

namespace lathe::runtime {
namespace {

TEST(MemoryPlanner, NothingNeedsNothing) {
    const auto result = arrange({});
    EXPECT_EQ(result.bytes, 0u);
    EXPECT_EQ(result.lowerBound, 0u);
}

TEST(MemoryPlanner, BlocksThatFollowEachOtherShare) {
    const std::vector<Lifetime> blocks = {{100, 0, 1}, {128, 1, 2}, {64, 2, 3}};
    const auto result = arrange(blocks);
    EXPECT_EQ(result.bytes, 256u);  // 100 rounded up to 128, beside 128; the third lies in the first
    EXPECT_EQ(result.lowerBound, 256u);
    EXPECT_EQ(result.offsets[2], result.offsets[0]);
}

// Never do two blocks that live at the same time overlap, whatever their sizes and lives.
TEST(MemoryPlanner, LiveBlocksNeverOverlap) {
    std::mt19937 random(7);
    for (int round = 0; round < 300; ++round) {
        std::vector<Lifetime> blocks(1 + random() % 60);
        for (auto& block : blocks) {
            block.bytes = random() % 5000;
            block.first = static_cast<int64_t>(random() % 40);
            block.last = block.first + static_cast<int64_t>(random() % 12);
        }
        const auto result = arrange(blocks);
        EXPECT_GE(result.bytes, result.lowerBound);
        for (size_t i = 0; i < blocks.size(); ++i) {
            EXPECT_EQ(result.offsets[i] % kArenaAlignment, 0u);
            EXPECT_LE(result.offsets[i] + blocks[i].bytes, result.bytes);
            for (size_t j = 0; j < i; ++j) {
                const bool together = blocks[i].first <= blocks[j].last && blocks[j].first <= blocks[i].last;
                const bool apart = result.offsets[i] + blocks[i].bytes <= result.offsets[j] ||
                                   result.offsets[j] + blocks[j].bytes <= result.offsets[i];
                EXPECT_TRUE(!together || apart) << "round " << round << ", blocks " << i << " and " << j;
            }
        }
    }
}

}  // namespace
}  // namespace lathe::runtime
