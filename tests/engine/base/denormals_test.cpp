#include "engine/base/denormals.h"

#include <gtest/gtest.h>

#include <limits>

namespace lathe::base {
namespace {

// Through volatile, so that the processor computes and not the compiler.
float half(float x) {
    volatile float value = x;
    value = value * 0.5f;
    return value;
}

TEST(FlushDenormals, HoldsWhileItLives) {
    if (const FlushDenormals mode; !FlushDenormals::isOn())
        GTEST_SKIP() << "this processor needs no such mode";
    const float smallest = std::numeric_limits<float>::min();
    EXPECT_GT(half(smallest), 0.0f);
    {
        const FlushDenormals mode;
        EXPECT_EQ(half(smallest), 0.0f);
        volatile float operand = std::numeric_limits<float>::denorm_min();
        EXPECT_GT(operand, 0.0f) << "operands stay";
        {
            const FlushDenormals off(false);
            EXPECT_GT(half(smallest), 0.0f);
        }
        EXPECT_EQ(half(smallest), 0.0f);
    }
    EXPECT_GT(half(smallest), 0.0f) << "the mode of the thread is as before";
}

}  // namespace
}  // namespace lathe::base
