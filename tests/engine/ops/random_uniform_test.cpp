#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> randomUniformCases() {
    return {
        {.name = "one_number",
         .op = "RandomUniform",
         .attributes = {{"high", 2.5f}, {"low", 2.5f}, {"shape", std::vector<int64_t>{3}}},
         .expected = {Tensor::of<float>({3}, {2.5f, 2.5f, 2.5f})}},
        {.name = "doubles",
         .op = "RandomUniform",
         .attributes =
             {{"dtype", int64_t{11}}, {"high", -1.0f}, {"low", -1.0f}, {"shape", std::vector<int64_t>{1}}},
         .expected = {Tensor::of<double>({1}, {-1.0})}},
        {.name = "any",
         .op = "RandomUniform",
         .attributes = {{"seed", 1.0f}, {"shape", std::vector<int64_t>{2, 3}}}},
    };
}

namespace {

TEST(RandomUniform, Cases) { checkCases(randomUniformCases()); }

TEST(RandomUniform, RefusesIntegers) {
    const OpCase opCase{.name = "r",
                        .op = "RandomUniform",
                        .attributes = {{"dtype", int64_t{6}}, {"shape", std::vector<int64_t>{2}}}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("dtype int32 is no floating-point type"));
}

}  // namespace
}  // namespace lathe::test
