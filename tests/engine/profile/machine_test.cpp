#include "engine/profile/machine.h"

#include <gtest/gtest.h>

namespace lathe::profile {
namespace {

// Any processor of this century: a mistake in counting or in timing is off by more than these bounds.
TEST(Machine, PeaksArePlausible) {
    const auto machine = measureMachine(1, {});
    ASSERT_TRUE(machine) << machine.error().message;
    EXPECT_EQ(machine->threads, 1);
    EXPECT_GT(machine->flops, 1e8);
    EXPECT_LT(machine->flops, 1e12);
    EXPECT_GT(machine->bytesPerSecond, 1e8);
    EXPECT_LT(machine->bytesPerSecond, 1e12);
}

TEST(Machine, MeasuringCanBeCancelled) {
    base::Progress progress;
    progress.cancel();
    EXPECT_FALSE(measureMachine(1, progress));
}

}  // namespace
}  // namespace lathe::profile
