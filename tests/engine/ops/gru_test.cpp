#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> gruCases() {
    return {
        {.name = "only_the_candidate_has_weights",
         .op = "GRU",
         .attributes = {{"hidden_size", int64_t{1}}},
         .inputs = {Tensor::of<float>({2, 1, 1}, {0.5f, 0.5f}), Tensor::of<float>({1, 3, 1}, {0, 0, 1}),
                    Tensor::of<float>({1, 3, 1}, {0, 0, 0})},
         .outputCount = 2,
         .expected = {Tensor::of<float>({2, 1, 1, 1}, {0.231058579f, 0.346587868f}),
                      Tensor::of<float>({1, 1, 1}, {0.346587868f})},
         .tolerance = 1e-06},
        {.name = "reverse",
         .op = "GRU",
         .attributes = {{"direction", std::string("reverse")}, {"hidden_size", int64_t{1}}},
         .inputs = {Tensor::of<float>({2, 1, 1}, {0.5f, 0}), Tensor::of<float>({1, 3, 1}, {0, 0, 1}),
                    Tensor::of<float>({1, 3, 1}, {0, 0, 0})},
         .outputCount = 2,
         .expected = {Tensor::of<float>({2, 1, 1, 1}, {0.231058579f, 0}),
                      Tensor::of<float>({1, 1, 1}, {0.231058579f})},
         .tolerance = 1e-06},
        {.name = "reset_after_the_product",
         .op = "GRU",
         .attributes = {{"hidden_size", int64_t{1}}, {"linear_before_reset", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 1, 1}, {0}), Tensor::of<float>({1, 3, 1}, {0, 0, 0}),
                    Tensor::of<float>({1, 3, 1}, {0, 0, 1}), std::nullopt, std::nullopt,
                    Tensor::of<float>({1, 1, 1}, {1})},
         .outputCount = 2,
         .expected = {Tensor::of<float>({1, 1, 1, 1}, {0.731058579f}),
                      Tensor::of<float>({1, 1, 1}, {0.731058579f})},
         .tolerance = 1e-06},
        {.name = "bidirectional",
         .op = "GRU",
         .attributes = {{"direction", std::string("bidirectional")}, {"hidden_size", int64_t{5}}},
         .inputs = {ramp({4, 2, 3}), ramp({2, 15, 3}), ramp({2, 15, 5}), ramp({2, 30}),
                    Tensor::of<int32_t>({2}, {4, 0})},
         .outputCount = 2},
    };
}

namespace {

TEST(Gru, Cases) { checkCases(gruCases()); }

TEST(Gru, RefusesMatrixInput) {
    const OpCase opCase{.name = "g",
                        .op = "GRU",
                        .attributes = {{"hidden_size", int64_t{5}}},
                        .inputs = {ramp({4, 3}), ramp({1, 15, 3}), ramp({1, 15, 5})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("X has 2 dimensions, expected 3"));
}

}  // namespace
}  // namespace lathe::test
