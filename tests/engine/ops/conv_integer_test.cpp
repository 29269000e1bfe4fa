#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> convIntegerCases() {
    return {
        {.name = "zero_point_of_the_input",
         .op = "ConvInteger",
         .inputs = {Tensor::of<uint8_t>({1, 1, 3}, {2, 3, 4}), Tensor::of<uint8_t>({1, 1, 2}, {1, 1}),
                    Tensor::scalar<uint8_t>(1)},
         .expected = {Tensor::of<int32_t>({1, 1, 2}, {3, 5})}},
        {.name = "zero_point_a_channel",
         .op = "ConvInteger",
         .inputs = {Tensor::of<uint8_t>({1, 1, 2}, {1, 2}), Tensor::of<uint8_t>({2, 1, 1}, {3, 5}),
                    std::nullopt, Tensor::of<uint8_t>({2}, {1, 2})},
         .expected = {Tensor::of<int32_t>({1, 2, 2}, {2, 4, 3, 6})}},
    };
}

namespace {

TEST(ConvInteger, Cases) { checkCases(convIntegerCases()); }

TEST(ConvInteger, RefusesSeveralInputZeroPoints) {
    const OpCase opCase{.name = "c",
                        .op = "ConvInteger",
                        .inputs = {Tensor::of<uint8_t>({1, 1, 3}, {2, 3, 4}),
                                   Tensor::of<uint8_t>({1, 1, 2}, {1, 1}), Tensor::of<uint8_t>({2}, {1, 1})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("x_zero_point has 2 items, expected 1"));
}

}  // namespace
}  // namespace lathe::test
