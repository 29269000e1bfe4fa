#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftQuantizeLinearCases() {
    return {
        // -1 / 0.25 = -4; 1e6 / 0.25 is beyond int16.
        {.name = "sixteen_bits",
         .op = "QuantizeLinear",
         .domain = "com.microsoft",
         .inputs = {Tensor::of<float>({4}, {-1, 0.5f, 1000, 1e6f}), Tensor::scalar(0.25f),
                    Tensor::scalar<int16_t>(0)},
         .expected = {Tensor::of<int16_t>({4}, {-4, 2, 4000, 32767})}},
        // Halves go to the even neighbour: 0.5 and 2.5 become 0 and 2.
        {.name = "bytes_without_zero_point",
         .op = "QuantizeLinear",
         .domain = "com.microsoft",
         .inputs = {Tensor::of<float>({3}, {0.5f, 2.5f, 300}), Tensor::scalar(1.0f)},
         .expected = {Tensor::of<uint8_t>({3}, {0, 2, 255})}},
        {.name = "a_scale_a_column",
         .op = "QuantizeLinear",
         .domain = "com.microsoft",
         .attributes = {{"axis", int64_t{-1}}},
         .inputs = {Tensor::of<float>({2, 2}, {1, 1, 2, 2}), Tensor::of<float>({2}, {1, 0.5f}),
                    Tensor::of<uint16_t>({2}, {10, 20})},
         .expected = {Tensor::of<uint16_t>({2, 2}, {11, 22, 12, 24})}},
    };
}

namespace {

TEST(ComMicrosoftQuantizeLinear, Cases) { checkCases(comMicrosoftQuantizeLinearCases()); }

TEST(ComMicrosoftQuantizeLinear, RefusesScaleCount) {
    const OpCase opCase{.name = "s",
                        .op = "QuantizeLinear",
                        .domain = "com.microsoft",
                        .inputs = {ramp({2, 2}), Tensor::of<float>({3}, {1, 1, 1})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("scale [3] does not fit input [2, 2]"));
}

}  // namespace
}  // namespace lathe::test
