#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> stftCases() {
    return {
        {.name = "two_frames",
         .op = "STFT",
         .inputs = {Tensor::of<float>({1, 4, 1}, {1, 2, 3, 4}), Tensor::scalar<int64_t>(2), std::nullopt,
                    Tensor::scalar<int64_t>(2)},
         .expected = {Tensor::of<float>({1, 2, 2, 2}, {3, 0, -1, 0, 7, 0, -1, 0})},
         .tolerance = 1e-06,
         .constantInputs = {1, 3}},
        {.name = "window",
         .op = "STFT",
         .attributes = {{"onesided", int64_t{0}}},
         .inputs = {Tensor::of<float>({1, 2}, {1, 2}), Tensor::scalar<int64_t>(1),
                    Tensor::of<float>({2}, {1, 0})},
         .expected = {Tensor::of<float>({1, 1, 2, 2}, {1, 0, 1, 0})},
         .tolerance = 1e-06,
         .constantInputs = {1}},
    };
}

namespace {

TEST(Stft, Cases) { checkCases(stftCases()); }

TEST(Stft, RefusesVectors) {
    const OpCase opCase{
        .name = "s",
        .op = "STFT",
        .inputs = {ramp({4}), Tensor::scalar<int64_t>(2), std::nullopt, Tensor::scalar<int64_t>(2)},
        .constantInputs = {1, 3}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("signal has 1 dimensions, expected 2 or 3"));
}

}  // namespace
}  // namespace lathe::test
