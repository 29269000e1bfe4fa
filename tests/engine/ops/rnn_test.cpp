#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> rnnCases() {
    return {
        {.name = "two_steps",
         .op = "RNN",
         .attributes = {{"hidden_size", int64_t{1}}},
         .inputs = {Tensor::of<float>({2, 1, 1}, {0.5f, 0.5f}), Tensor::of<float>({1, 1, 1}, {1}),
                    Tensor::of<float>({1, 1, 1}, {1})},
         .outputCount = 2,
         .expected = {Tensor::of<float>({2, 1, 1, 1}, {0.462117157f, 0.745219742f}),
                      Tensor::of<float>({1, 1, 1}, {0.745219742f})},
         .tolerance = 1e-06},
        {.name = "affine_activation",
         .op = "RNN",
         .attributes = {{"activation_alpha", std::vector<float>{0.5f}},
                        {"activation_beta", std::vector<float>{1.0f}},
                        {"activations", std::vector<std::string>{"Affine"}},
                        {"hidden_size", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 1, 1}, {3}), Tensor::of<float>({1, 1, 1}, {2}),
                    Tensor::of<float>({1, 1, 1}, {0})},
         .outputCount = 2,
         .expected = {Tensor::of<float>({1, 1, 1, 1}, {4}), Tensor::of<float>({1, 1, 1}, {4})},
         .tolerance = 1e-06},
        {.name = "batch_first",
         .op = "RNN",
         .attributes = {{"direction", std::string("bidirectional")},
                        {"hidden_size", int64_t{5}},
                        {"layout", int64_t{1}}},
         .inputs = {ramp({2, 4, 3}), ramp({2, 5, 3}), ramp({2, 5, 5})},
         .outputCount = 2},
    };
}

namespace {

TEST(Rnn, Cases) { checkCases(rnnCases()); }

TEST(Rnn, RefusesMatrixInput) {
    const OpCase opCase{.name = "r",
                        .op = "RNN",
                        .attributes = {{"hidden_size", int64_t{5}}},
                        .inputs = {ramp({4, 3}), ramp({1, 5, 3}), ramp({1, 5, 5})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("X has 2 dimensions, expected 3"));
}

}  // namespace
}  // namespace lathe::test
