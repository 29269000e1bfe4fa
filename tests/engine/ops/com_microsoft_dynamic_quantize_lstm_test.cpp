#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftDynamicQuantizeLSTMCases() {
    return {
        // All gates are 1/2: c = 2/2, h = tanh(1)/2.
        {.name = "zero_weights",
         .op = "DynamicQuantizeLSTM",
         .domain = "com.microsoft",
         .attributes = {{"hidden_size", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 1, 1}, {1}), Tensor::of<int8_t>({1, 1, 4}, {0, 0, 0, 0}),
                    Tensor::of<int8_t>({1, 1, 4}, {0, 0, 0, 0}), std::nullopt, std::nullopt, std::nullopt,
                    Tensor::of<float>({1, 1, 1}, {2}), std::nullopt, Tensor::of<float>({1}, {0.01f}),
                    Tensor::of<int8_t>({1}, {0}), Tensor::of<float>({1}, {0.01f}),
                    Tensor::of<int8_t>({1}, {0})},
         .outputCount = 3,
         .expected = {Tensor::of<float>({1, 1, 1, 1}, {0.380797078f}),
                      Tensor::of<float>({1, 1, 1}, {0.380797078f}), Tensor::of<float>({1, 1, 1}, {1})},
         .tolerance = 1e-06},
        // The input of the cell is 1 * (100 - 0) * 0.01: c = tanh(1)/2, h = tanh(c)/2.
        {.name = "one_weight",
         .op = "DynamicQuantizeLSTM",
         .domain = "com.microsoft",
         .attributes = {{"hidden_size", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 1, 1}, {1}), Tensor::of<int8_t>({1, 1, 4}, {0, 0, 0, 100}),
                    Tensor::of<int8_t>({1, 1, 4}, {0, 0, 0, 0}), std::nullopt, std::nullopt, std::nullopt,
                    std::nullopt, std::nullopt, Tensor::of<float>({1}, {0.01f}), Tensor::of<int8_t>({1}, {0}),
                    Tensor::of<float>({1}, {0.01f}), Tensor::of<int8_t>({1}, {0})},
         .outputCount = 3,
         .expected = {Tensor::of<float>({1, 1, 1, 1}, {0.181699742f}),
                      Tensor::of<float>({1, 1, 1}, {0.181699742f}),
                      Tensor::of<float>({1, 1, 1}, {0.380797078f})},
         .tolerance = 1e-06},
        // The zero point takes the weight away.
        {.name = "a_scale_a_column",
         .op = "DynamicQuantizeLSTM",
         .domain = "com.microsoft",
         .attributes = {{"hidden_size", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 1, 1}, {1}), Tensor::of<int8_t>({1, 1, 4}, {0, 0, 0, 100}),
                    Tensor::of<int8_t>({1, 1, 4}, {0, 0, 0, 0}), std::nullopt, std::nullopt, std::nullopt,
                    Tensor::of<float>({1, 1, 1}, {2}), std::nullopt,
                    Tensor::of<float>({1, 4}, {1, 1, 1, 0.5f}), Tensor::of<int8_t>({1, 4}, {0, 0, 0, 100}),
                    Tensor::of<float>({1}, {0.01f}), Tensor::of<int8_t>({1}, {0})},
         .outputCount = 3,
         .expected = {Tensor::of<float>({1, 1, 1, 1}, {0.380797078f}),
                      Tensor::of<float>({1, 1, 1}, {0.380797078f}), Tensor::of<float>({1, 1, 1}, {1})},
         .tolerance = 1e-06},
    };
}

namespace {

TEST(ComMicrosoftDynamicQuantizeLSTM, Cases) { checkCases(comMicrosoftDynamicQuantizeLSTMCases()); }

TEST(ComMicrosoftDynamicQuantizeLSTM, RefusesColumns) {
    const OpCase opCase{
        .name = "refused",
        .op = "DynamicQuantizeLSTM",
        .domain = "com.microsoft",
        .attributes = {{"hidden_size", int64_t{2}}},
        .inputs = {Tensor::of<float>({1, 1, 1}, {1}), Tensor::of<int8_t>({1, 1, 4}, {0, 0, 0, 0}),
                   Tensor::of<int8_t>({1, 1, 4}, {0, 0, 0, 0}), std::nullopt, std::nullopt, std::nullopt,
                   std::nullopt, std::nullopt, Tensor::of<float>({1}, {0.01f}), Tensor::of<int8_t>({1}, {0}),
                   Tensor::of<float>({1}, {0.01f}), Tensor::of<int8_t>({1}, {0})}};
    expectRefused(opCase, "W has 4 columns, expected 8");
}

TEST(ComMicrosoftDynamicQuantizeLSTM, RefusesScaleCount) {
    const OpCase opCase{
        .name = "refused",
        .op = "DynamicQuantizeLSTM",
        .domain = "com.microsoft",
        .attributes = {{"hidden_size", int64_t{1}}},
        .inputs = {Tensor::of<float>({1, 1, 1}, {1}), Tensor::of<int8_t>({1, 1, 4}, {0, 0, 0, 0}),
                   Tensor::of<int8_t>({1, 1, 4}, {0, 0, 0, 0}), std::nullopt, std::nullopt, std::nullopt,
                   std::nullopt, std::nullopt, Tensor::of<float>({2}, {1, 1}), Tensor::of<int8_t>({1}, {0}),
                   Tensor::of<float>({1}, {0.01f}), Tensor::of<int8_t>({1}, {0})}};
    expectRefused(opCase, "of 2 items, expected 1 or 4");
}

TEST(ComMicrosoftDynamicQuantizeLSTM, RefusesFeatures) {
    const OpCase opCase{
        .name = "refused",
        .op = "DynamicQuantizeLSTM",
        .domain = "com.microsoft",
        .attributes = {{"hidden_size", int64_t{1}}},
        .inputs = {Tensor::of<float>({1, 1, 2}, {1, 1}), Tensor::of<int8_t>({1, 1, 4}, {0, 0, 0, 0}),
                   Tensor::of<int8_t>({1, 1, 4}, {0, 0, 0, 0}), std::nullopt, std::nullopt, std::nullopt,
                   std::nullopt, std::nullopt, Tensor::of<float>({1}, {0.01f}), Tensor::of<int8_t>({1}, {0}),
                   Tensor::of<float>({1}, {0.01f}), Tensor::of<int8_t>({1}, {0})}};
    expectRefused(opCase, "X has 2 features, but W takes 1");
}

}  // namespace
}  // namespace lathe::test
