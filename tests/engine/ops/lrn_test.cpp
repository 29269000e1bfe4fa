#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> lrnCases() {
    return {
        {.name = "neighbours",
         .op = "LRN",
         .attributes = {{"alpha", 3.0f}, {"beta", 1.0f}, {"bias", 1.0f}, {"size", int64_t{3}}},
         .inputs = {Tensor::of<float>({1, 2, 1}, {1, 2})},
         .expected = {Tensor::of<float>({1, 2, 1}, {0.166666667f, 0.333333333f})},
         .tolerance = 1e-06},
        {.name = "alone",
         .op = "LRN",
         .attributes = {{"alpha", 1.0f}, {"beta", 1.0f}, {"bias", 1.0f}, {"size", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 2, 1}, {1, 2})},
         .expected = {Tensor::of<float>({1, 2, 1}, {0.5f, 0.4f})},
         .tolerance = 1e-06},
    };
}

namespace {

TEST(Lrn, Cases) { checkCases(lrnCases()); }

TEST(Lrn, RefusesSizeZero) {
    const OpCase opCase{
        .name = "n", .op = "LRN", .attributes = {{"size", int64_t{0}}}, .inputs = {ramp({1, 2, 3})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("size is 0, expected at least 1"));
}

}  // namespace
}  // namespace lathe::test
