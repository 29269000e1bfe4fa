#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> softmaxCrossEntropyLossCases() {
    return {
        {.name = "even_scores",
         .op = "SoftmaxCrossEntropyLoss",
         .inputs = {Tensor::of<float>({1, 2}, {0, 0}), Tensor::of<int64_t>({1}, {0})},
         .outputCount = 2,
         .expected = {Tensor::scalar<float>(0.693147181f),
                      Tensor::of<float>({1, 2}, {-0.693147181f, -0.693147181f})},
         .tolerance = 1e-06},
        {.name = "sum",
         .op = "SoftmaxCrossEntropyLoss",
         .attributes = {{"reduction", std::string("sum")}},
         .inputs = {Tensor::of<float>({2, 2}, {0, 0, 5, 5}), Tensor::of<int64_t>({2}, {0, 1})},
         .expected = {Tensor::scalar<float>(1.38629436f)},
         .tolerance = 1e-06},
    };
}

namespace {

TEST(SoftmaxCrossEntropyLoss, Cases) { checkCases(softmaxCrossEntropyLossCases()); }

TEST(SoftmaxCrossEntropyLoss, RefusesTargetRank) {
    const OpCase opCase{.name = "l",
                        .op = "SoftmaxCrossEntropyLoss",
                        .inputs = {ramp({2, 2}), Tensor::of<int64_t>({2, 1}, {0, 1})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("targets have 2 dimensions, expected 1"));
}

}  // namespace
}  // namespace lathe::test
