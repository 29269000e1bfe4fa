#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> randomUniformLikeCases() {
    return {
        {.name = "one_number",
         .op = "RandomUniformLike",
         .attributes = {{"high", 2.5f}, {"low", 2.5f}},
         .inputs = {Tensor::of<float>({2}, {0, 0})},
         .expected = {Tensor::of<float>({2}, {2.5f, 2.5f})}},
        {.name = "of_integers",
         .op = "RandomUniformLike",
         .attributes = {{"dtype", int64_t{1}}, {"high", -1.0f}, {"low", -1.0f}},
         .inputs = {Tensor::of<int32_t>({1, 2}, {7, 8})},
         .expected = {Tensor::of<float>({1, 2}, {-1, -1})}},
    };
}

namespace {

TEST(RandomUniformLike, Cases) { checkCases(randomUniformLikeCases()); }

TEST(RandomUniformLike, RefusesIntegers) {
    const OpCase opCase{.name = "r", .op = "RandomUniformLike", .inputs = {Tensor::of<int32_t>({1}, {7})}};
    EXPECT_THAT(inferenceError(opCase),
                testing::HasSubstr("dtype int32 is no floating-point type. Set dtype to one."));
}

}  // namespace
}  // namespace lathe::test
