#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> globalAveragePoolCases() {
    return {
        {.name = "line",
         .op = "GlobalAveragePool",
         .inputs = {Tensor::of<float>({1, 2, 2}, {1, 3, 5, 7})},
         .expected = {Tensor::of<float>({1, 2, 1}, {2, 6})}},
        {.name = "plane",
         .op = "GlobalAveragePool",
         .inputs = {Tensor::of<float>({1, 1, 2, 2}, {1, 2, 3, 6})},
         .expected = {Tensor::of<float>({1, 1, 1, 1}, {3})}},
        {.name = "odd", .op = "GlobalAveragePool", .inputs = {ramp({2, 3, 5, 7, 3})}},
    };
}

namespace {

TEST(GlobalAveragePool, Cases) { checkCases(globalAveragePoolCases()); }

TEST(GlobalAveragePool, RefusesVectors) {
    const OpCase opCase{.name = "g", .op = "GlobalAveragePool", .inputs = {ramp({3})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("input has 1 dimensions, expected at least 2"));
}

}  // namespace
}  // namespace lathe::test
