#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> lstmCases() {
    return {
        {.name = "only_the_cell_gate_has_weights",
         .op = "LSTM",
         .attributes = {{"hidden_size", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 1, 1}, {1}), Tensor::of<float>({1, 4, 1}, {0, 0, 0, 1}),
                    Tensor::of<float>({1, 4, 1}, {0, 0, 0, 0})},
         .outputCount = 3,
         .expected = {Tensor::of<float>({1, 1, 1, 1}, {0.181699742f}),
                      Tensor::of<float>({1, 1, 1}, {0.181699742f}),
                      Tensor::of<float>({1, 1, 1}, {0.380797078f})},
         .tolerance = 1e-06},
        {.name = "coupled_gates_and_peephole",
         .op = "LSTM",
         .attributes = {{"hidden_size", int64_t{1}}, {"input_forget", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 1, 1}, {1}), Tensor::of<float>({1, 4, 1}, {0, 0, 0, 1}),
                    Tensor::of<float>({1, 4, 1}, {0, 0, 0, 0}), std::nullopt, std::nullopt, std::nullopt,
                    Tensor::of<float>({1, 1, 1}, {2}), Tensor::of<float>({1, 3}, {1, 0, 0})},
         .outputCount = 3,
         .expected = {Tensor::of<float>({1, 1, 1, 1}, {0.360377813f}),
                      Tensor::of<float>({1, 1, 1}, {0.360377813f}),
                      Tensor::of<float>({1, 1, 1}, {0.909215751f})},
         .tolerance = 1e-06},
        {.name = "bidirectional",
         .op = "LSTM",
         .attributes = {{"direction", std::string("bidirectional")}, {"hidden_size", int64_t{5}}},
         .inputs = {ramp({4, 2, 3}), ramp({2, 20, 3}), ramp({2, 20, 5}), ramp({2, 40}),
                    Tensor::of<int32_t>({2}, {4, 2}), ramp({2, 2, 5}), ramp({2, 2, 5}), ramp({2, 15})},
         .outputCount = 3},
        {.name = "batch_first",
         .op = "LSTM",
         .attributes = {{"clip", 0.5f}, {"hidden_size", int64_t{5}}, {"layout", int64_t{1}}},
         .inputs = {ramp({2, 4, 3}), ramp({1, 20, 3}), ramp({1, 20, 5})},
         .outputCount = 3},
    };
}

namespace {

TEST(Lstm, Cases) { checkCases(lstmCases()); }

TEST(Lstm, RefusesMatrixInput) {
    const OpCase opCase{.name = "l",
                        .op = "LSTM",
                        .attributes = {{"hidden_size", int64_t{5}}},
                        .inputs = {ramp({4, 3}), ramp({1, 20, 3}), ramp({1, 20, 5})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("X has 2 dimensions, expected 3"));
}

TEST(Lstm, RefusesOtherFeatures) {
    const OpCase opCase{.name = "l",
                        .op = "LSTM",
                        .attributes = {{"hidden_size", int64_t{5}}},
                        .inputs = {ramp({4, 2, 2}), ramp({1, 20, 3}), ramp({1, 20, 5})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("X has 2 features, but W takes 3"));
}

}  // namespace
}  // namespace lathe::test
