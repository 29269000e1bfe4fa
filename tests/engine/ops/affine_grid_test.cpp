#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> affineGridCases() {
    return {
        {.name = "identity",
         .op = "AffineGrid",
         .inputs = {Tensor::of<float>({1, 2, 3}, {1, 0, 0, 0, 1, 0}), Tensor::of<int64_t>({4}, {1, 1, 1, 2})},
         .expected = {Tensor::of<float>({1, 1, 2, 2}, {-0.5f, 0, 0.5f, 0})},
         .tolerance = 1e-06,
         .constantInputs = {1}},
        {.name = "translation",
         .op = "AffineGrid",
         .inputs = {Tensor::of<float>({1, 2, 3}, {1, 0, 1, 0, 1, 2}), Tensor::of<int64_t>({4}, {1, 1, 1, 2})},
         .expected = {Tensor::of<float>({1, 1, 2, 2}, {0.5f, 2, 1.5f, 2})},
         .tolerance = 1e-06,
         .constantInputs = {1}},
        {.name = "volume",
         .op = "AffineGrid",
         .attributes = {{"align_corners", int64_t{1}}},
         .inputs = {ramp({2, 3, 4}), Tensor::of<int64_t>({5}, {2, 1, 2, 3, 4})},
         .constantInputs = {1}},
    };
}

namespace {

TEST(AffineGrid, Cases) { checkCases(affineGridCases()); }

TEST(AffineGrid, RefusesSize) {
    const OpCase opCase{.name = "a",
                        .op = "AffineGrid",
                        .inputs = {ramp({1, 2, 3}), Tensor::of<int64_t>({3}, {1, 1, 2})},
                        .constantInputs = {1}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("size has 3 items, expected 4 or 5"));
}

}  // namespace
}  // namespace lathe::test
