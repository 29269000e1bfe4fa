#include "engine/base/memory_block.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>

namespace lathe::base {
namespace {

void checkZeroed(size_t bytes) {
    MemoryBlock block(bytes);
    ASSERT_EQ(block.size(), bytes);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(block.data()) % 64, 0u);
    EXPECT_TRUE(
        std::all_of(block.data(), block.data() + bytes, [](std::byte b) { return b == std::byte{0}; }));
    std::fill_n(block.data(), bytes, std::byte{1});
    const MemoryBlock moved = std::move(block);
    EXPECT_EQ(moved.data()[bytes - 1], std::byte{1});
}

TEST(MemoryBlock, IsZeroedAndAligned) {
    for (const size_t bytes :
         {size_t{1}, size_t{64}, size_t{4097}, (size_t{2} << 20) - 1, size_t{2} << 20, (size_t{5} << 20) + 3})
        checkZeroed(bytes);
}

TEST(MemoryBlock, OfNothingHoldsNothing) { EXPECT_EQ(MemoryBlock(0).data(), nullptr); }

}  // namespace
}  // namespace lathe::base
