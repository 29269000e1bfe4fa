#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> globalLpPoolCases() {
    return {
        {.name = "euclid",
         .op = "GlobalLpPool",
         .inputs = {Tensor::of<float>({1, 1, 2}, {3, -4})},
         .expected = {Tensor::of<float>({1, 1, 1}, {5})},
         .tolerance = 1e-06},
        {.name = "sum",
         .op = "GlobalLpPool",
         .attributes = {{"p", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 1, 2}, {3, -4})},
         .expected = {Tensor::of<float>({1, 1, 1}, {7})},
         .tolerance = 1e-06},
    };
}

namespace {

TEST(GlobalLpPool, Cases) { checkCases(globalLpPoolCases()); }

TEST(GlobalLpPool, RefusesVectors) {
    const OpCase opCase{.name = "g", .op = "GlobalLpPool", .inputs = {ramp({3})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("input has 1 dimensions, expected at least 2"));
}

}  // namespace
}  // namespace lathe::test
