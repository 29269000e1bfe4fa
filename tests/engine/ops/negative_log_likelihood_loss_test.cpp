#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> negativeLogLikelihoodLossCases() {
    return {
        {.name = "mean",
         .op = "NegativeLogLikelihoodLoss",
         .inputs = {Tensor::of<float>({2, 2}, {-1, -2, -3, -4}), Tensor::of<int64_t>({2}, {0, 1})},
         .expected = {Tensor::scalar<float>(2.5f)}},
        {.name = "weighted_sum",
         .op = "NegativeLogLikelihoodLoss",
         .attributes = {{"reduction", std::string("sum")}},
         .inputs = {Tensor::of<float>({2, 2}, {-1, -2, -3, -4}), Tensor::of<int64_t>({2}, {0, 1}),
                    Tensor::of<float>({2}, {1, 2})},
         .expected = {Tensor::scalar<float>(9)}},
        {.name = "ignored",
         .op = "NegativeLogLikelihoodLoss",
         .attributes = {{"ignore_index", int64_t{0}}, {"reduction", std::string("none")}},
         .inputs = {Tensor::of<float>({2, 2}, {-1, -2, -3, -4}), Tensor::of<int32_t>({2}, {0, 1})},
         .expected = {Tensor::of<float>({2}, {0, 4})}},
    };
}

namespace {

TEST(NegativeLogLikelihoodLoss, Cases) { checkCases(negativeLogLikelihoodLossCases()); }

TEST(NegativeLogLikelihoodLoss, RefusesTargetRank) {
    const OpCase opCase{.name = "l",
                        .op = "NegativeLogLikelihoodLoss",
                        .inputs = {ramp({2, 2}), Tensor::of<int64_t>({2, 1}, {0, 1})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("targets have 2 dimensions, expected 1"));
}

}  // namespace
}  // namespace lathe::test
