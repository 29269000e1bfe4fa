#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> dftCases() {
    return {
        {.name = "two_samples",
         .op = "DFT",
         .inputs = {Tensor::of<float>({1, 2, 1}, {1, 2})},
         .expected = {Tensor::of<float>({1, 2, 2}, {3, 0, -1, 0})},
         .tolerance = 1e-06},
        {.name = "inverse",
         .op = "DFT",
         .attributes = {{"inverse", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 2, 2}, {3, 0, -1, 0})},
         .expected = {Tensor::of<float>({1, 2, 2}, {1, 0, 2, 0})},
         .tolerance = 1e-06},
        {.name = "quarter_turns",
         .op = "DFT",
         .attributes = {{"onesided", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 4, 1}, {0, 1, 0, 0})},
         .expected = {Tensor::of<float>({1, 3, 2}, {1, 0, 0, -1, -1, 0})},
         .tolerance = 1e-06},
        {.name = "half_spectrum_back",
         .op = "DFT",
         .attributes = {{"inverse", int64_t{1}}, {"onesided", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 3, 2}, {1, 0, 0, -1, -1, 0})},
         .expected = {Tensor::of<float>({1, 4, 1}, {0, 1, 0, 0})},
         .tolerance = 1e-06},
        {.name = "longer_along_first",
         .op = "DFT",
         .inputs = {ramp({2, 3, 2}), Tensor::scalar<int64_t>(5), Tensor::scalar<int64_t>(0)},
         .constantInputs = {1, 2}},
    };
}

namespace {

TEST(Dft, Cases) { checkCases(dftCases()); }

TEST(Dft, RefusesLastAxis) {
    const OpCase opCase{.name = "d",
                        .op = "DFT",
                        .inputs = {ramp({1, 2, 1}), std::nullopt, Tensor::scalar<int64_t>(2)},
                        .constantInputs = {2}};
    EXPECT_THAT(inferenceError(opCase),
                testing::HasSubstr("axis 2 is outside the 2 dimensions before the last"));
}

}  // namespace
}  // namespace lathe::test
