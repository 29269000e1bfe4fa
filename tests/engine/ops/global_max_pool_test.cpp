#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> globalMaxPoolCases() {
    return {
        {.name = "line",
         .op = "GlobalMaxPool",
         .inputs = {Tensor::of<float>({1, 2, 2}, {1, 3, -5, -7})},
         .expected = {Tensor::of<float>({1, 2, 1}, {3, -5})}},
        {.name = "plane",
         .op = "GlobalMaxPool",
         .inputs = {Tensor::of<float>({1, 1, 2, 2}, {1, 2, 6, 3})},
         .expected = {Tensor::of<float>({1, 1, 1, 1}, {6})}},
    };
}

namespace {

TEST(GlobalMaxPool, Cases) { checkCases(globalMaxPoolCases()); }

TEST(GlobalMaxPool, RefusesVectors) {
    const OpCase opCase{.name = "g", .op = "GlobalMaxPool", .inputs = {ramp({3})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("input has 1 dimensions, expected at least 2"));
}

}  // namespace
}  // namespace lathe::test
