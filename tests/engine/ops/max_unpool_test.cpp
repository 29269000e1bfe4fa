#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> maxUnpoolCases() {
    return {
        {.name = "computed_size",
         .op = "MaxUnpool",
         .attributes = {{"kernel_shape", std::vector<int64_t>{2}}, {"strides", std::vector<int64_t>{2}}},
         .inputs = {Tensor::of<float>({1, 1, 2}, {5, 6}), Tensor::of<int64_t>({1, 1, 2}, {1, 2})},
         .expected = {Tensor::of<float>({1, 1, 4}, {0, 5, 6, 0})}},
        {.name = "given_size",
         .op = "MaxUnpool",
         .attributes = {{"kernel_shape", std::vector<int64_t>{2}}, {"strides", std::vector<int64_t>{2}}},
         .inputs = {Tensor::of<float>({1, 1, 2}, {5, 6}), Tensor::of<int64_t>({1, 1, 2}, {1, 2}),
                    Tensor::of<int64_t>({3}, {1, 1, 5})},
         .expected = {Tensor::of<float>({1, 1, 5}, {0, 5, 6, 0, 0})},
         .constantInputs = {2}},
    };
}

namespace {

TEST(MaxUnpool, Cases) { checkCases(maxUnpoolCases()); }

TEST(MaxUnpool, RefusesShortKernel) {
    const OpCase opCase{.name = "u",
                        .op = "MaxUnpool",
                        .attributes = {{"kernel_shape", std::vector<int64_t>{2}}},
                        .inputs = {ramp({1, 1, 2, 2}), Tensor::of<int64_t>({1, 1, 2, 2}, {0, 1, 2, 3})}};
    EXPECT_THAT(inferenceError(opCase),
                testing::HasSubstr("kernel_shape has 1 items for an input with 4 dimensions"));
}

}  // namespace
}  // namespace lathe::test
