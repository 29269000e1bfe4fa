#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> nonMaxSuppressionCases() {
    return {
        {.name = "same_box_twice",
         .op = "NonMaxSuppression",
         .inputs = {Tensor::of<float>({1, 2, 4}, {0, 0, 1, 1, 0, 0, 1, 1}),
                    Tensor::of<float>({1, 1, 2}, {0.8f, 0.9f}), Tensor::scalar<int64_t>(2),
                    Tensor::scalar<float>(0.5f)},
         .expected = {Tensor::of<int64_t>({1, 3}, {0, 0, 1})}},
        {.name = "apart",
         .op = "NonMaxSuppression",
         .inputs = {Tensor::of<float>({1, 2, 4}, {0, 0, 1, 1, 2, 2, 3, 3}),
                    Tensor::of<float>({1, 1, 2}, {0.8f, 0.9f}), Tensor::scalar<int64_t>(2),
                    Tensor::scalar<float>(0.5f), Tensor::scalar<float>(0.1f)},
         .expected = {Tensor::of<int64_t>({2, 3}, {0, 0, 1, 0, 0, 0})}},
        {.name = "centre_form",
         .op = "NonMaxSuppression",
         .attributes = {{"center_point_box", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 2, 4}, {0.5f, 0.5f, 1, 1, 0.5f, 0.5f, 1, 1}),
                    Tensor::of<float>({1, 1, 2}, {0.9f, 0.8f}), Tensor::scalar<int64_t>(2),
                    Tensor::scalar<float>(0.5f)},
         .expected = {Tensor::of<int64_t>({1, 3}, {0, 0, 0})}},
        {.name = "no_limit_means_none",
         .op = "NonMaxSuppression",
         .inputs = {Tensor::of<float>({1, 1, 4}, {0, 0, 1, 1}), Tensor::of<float>({1, 1, 1}, {0.9f})},
         .expected = {Tensor::of<int64_t>({0, 3}, {})}},
    };
}

namespace {

TEST(NonMaxSuppression, Cases) { checkCases(nonMaxSuppressionCases()); }

TEST(NonMaxSuppression, RefusesBoxForm) {
    const OpCase opCase{.name = "n", .op = "NonMaxSuppression", .inputs = {ramp({1, 2, 5}), ramp({1, 1, 2})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("boxes have 5 numbers each, expected 4"));
}

}  // namespace
}  // namespace lathe::test
