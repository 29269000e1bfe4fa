#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> randomNormalCases() {
    return {
        {.name = "no_spread",
         .op = "RandomNormal",
         .attributes = {{"mean", 2.5f}, {"scale", 0.0f}, {"shape", std::vector<int64_t>{3}}},
         .expected = {Tensor::of<float>({3}, {2.5f, 2.5f, 2.5f})}},
        {.name = "doubles",
         .op = "RandomNormal",
         .attributes = {{"dtype", int64_t{11}},
                        {"mean", -1.0f},
                        {"scale", 0.0f},
                        {"shape", std::vector<int64_t>{1, 2}}},
         .expected = {Tensor::of<double>({1, 2}, {-1.0, -1.0})}},
        {.name = "any",
         .op = "RandomNormal",
         .attributes = {{"seed", 1.0f}, {"shape", std::vector<int64_t>{2, 3}}}},
    };
}

namespace {

TEST(RandomNormal, Cases) { checkCases(randomNormalCases()); }

TEST(RandomNormal, RefusesIntegers) {
    const OpCase opCase{.name = "r",
                        .op = "RandomNormal",
                        .attributes = {{"dtype", int64_t{6}}, {"shape", std::vector<int64_t>{2}}}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("dtype int32 is no floating-point type"));
}

}  // namespace
}  // namespace lathe::test
