#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> randomNormalLikeCases() {
    return {
        {.name = "no_spread",
         .op = "RandomNormalLike",
         .attributes = {{"mean", 2.5f}, {"scale", 0.0f}},
         .inputs = {Tensor::of<float>({2}, {0, 0})},
         .expected = {Tensor::of<float>({2}, {2.5f, 2.5f})}},
        {.name = "of_integers",
         .op = "RandomNormalLike",
         .attributes = {{"dtype", int64_t{1}}, {"mean", -1.0f}, {"scale", 0.0f}},
         .inputs = {Tensor::of<int32_t>({1, 2}, {7, 8})},
         .expected = {Tensor::of<float>({1, 2}, {-1, -1})}},
    };
}

namespace {

TEST(RandomNormalLike, Cases) { checkCases(randomNormalLikeCases()); }

TEST(RandomNormalLike, RefusesIntegers) {
    const OpCase opCase{.name = "r", .op = "RandomNormalLike", .inputs = {Tensor::of<int32_t>({1}, {7})}};
    EXPECT_THAT(inferenceError(opCase),
                testing::HasSubstr("dtype int32 is no floating-point type. Set dtype to one."));
}

}  // namespace
}  // namespace lathe::test
