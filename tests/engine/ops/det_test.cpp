#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> detCases() {
    return {
        {.name = "one",
         .op = "Det",
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4})},
         .expected = {Tensor::scalar<float>(-2)},
         .tolerance = 1e-06},
        {.name = "batch_with_exchange",
         .op = "Det",
         .inputs = {Tensor::of<float>({2, 2, 2}, {2, 0, 0, 3, 0, 1, 1, 0})},
         .expected = {Tensor::of<float>({2}, {6, -1})},
         .tolerance = 1e-06},
    };
}

namespace {

TEST(Det, Cases) { checkCases(detCases()); }

TEST(Det, RefusesRectangles) {
    const OpCase opCase{.name = "d", .op = "Det", .inputs = {ramp({2, 3})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("the matrix is 2 x 3, expected a square one"));
}

}  // namespace
}  // namespace lathe::test
