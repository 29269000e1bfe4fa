#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> lpPoolCases() {
    return {
        {.name = "euclid",
         .op = "LpPool",
         .attributes = {{"kernel_shape", std::vector<int64_t>{2}}},
         .inputs = {Tensor::of<float>({1, 1, 2}, {3, -4})},
         .expected = {Tensor::of<float>({1, 1, 1}, {5})},
         .tolerance = 1e-06},
        {.name = "sum",
         .op = "LpPool",
         .attributes = {{"kernel_shape", std::vector<int64_t>{2}}, {"p", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 1, 3}, {3, -4, 1})},
         .expected = {Tensor::of<float>({1, 1, 2}, {7, 5})},
         .tolerance = 1e-06},
    };
}

namespace {

TEST(LpPool, Cases) { checkCases(lpPoolCases()); }

TEST(LpPool, RefusesShortKernel) {
    const OpCase opCase{.name = "p",
                        .op = "LpPool",
                        .attributes = {{"kernel_shape", std::vector<int64_t>{2}}},
                        .inputs = {ramp({1, 1, 4, 4})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("kernel_shape has 1 items, expected 2"));
}

}  // namespace
}  // namespace lathe::test
