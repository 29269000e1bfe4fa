#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> col2ImCases() {
    return {
        {.name = "overlap_adds",
         .op = "Col2Im",
         .inputs = {Tensor::of<float>({1, 2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {3}),
                    Tensor::of<int64_t>({1}, {2})},
         .expected = {Tensor::of<float>({1, 1, 3}, {1, 5, 4})},
         .constantInputs = {1, 2}},
        {.name = "strided",
         .op = "Col2Im",
         .attributes = {{"strides", std::vector<int64_t>{2}}},
         .inputs = {Tensor::of<float>({1, 2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {4}),
                    Tensor::of<int64_t>({1}, {2})},
         .expected = {Tensor::of<float>({1, 1, 4}, {1, 3, 2, 4})},
         .constantInputs = {1, 2}},
    };
}

namespace {

TEST(Col2Im, Cases) { checkCases(col2ImCases()); }

TEST(Col2Im, RefusesMatrices) {
    const OpCase opCase{
        .name = "c",
        .op = "Col2Im",
        .inputs = {ramp({2, 2}), Tensor::of<int64_t>({1}, {3}), Tensor::of<int64_t>({1}, {2})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("input has 2 dimensions, expected 3"));
}

}  // namespace
}  // namespace lathe::test
