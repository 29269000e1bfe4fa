#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftAttentionCases() {
    return {
        // Q and K are 0, so weights are equal; V is {1, 2}.
        {.name = "equal_scores",
         .op = "Attention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 2, 1}, {1, 2}), Tensor::of<float>({1, 3}, {0, 0, 1})},
         .expected = {Tensor::of<float>({1, 2, 1}, {1.5f, 1.5f})},
         .tolerance = 1e-06},
        {.name = "unidirectional_with_bias",
         .op = "Attention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{1}}, {"unidirectional", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 2, 1}, {1, 2}), Tensor::of<float>({1, 3}, {0, 0, 1}),
                    Tensor::of<float>({3}, {0, 0, 3})},
         .expected = {Tensor::of<float>({1, 2, 1}, {4, 4.5f})},
         .tolerance = 1e-06},
        {.name = "ends",
         .op = "Attention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 2, 1}, {1, 2}), Tensor::of<float>({1, 3}, {0, 0, 1}), std::nullopt,
                    Tensor::of<int32_t>({1}, {1})},
         .expected = {Tensor::of<float>({1, 2, 1}, {1, 1})},
         .tolerance = 1e-06},
        {.name = "ends_and_starts",
         .op = "Attention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 2, 1}, {1, 2}), Tensor::of<float>({1, 3}, {0, 0, 1}), std::nullopt,
                    Tensor::of<int32_t>({2}, {2, 1})},
         .expected = {Tensor::of<float>({1, 2, 1}, {2, 2})},
         .tolerance = 1e-06},
        {.name = "mask_of_queries",
         .op = "Attention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 2, 1}, {1, 2}), Tensor::of<float>({1, 3}, {0, 0, 1}), std::nullopt,
                    Tensor::of<int32_t>({1, 2, 2}, {0, 1, 1, 0})},
         .expected = {Tensor::of<float>({1, 2, 1}, {2, 1})},
         .tolerance = 1e-06},
        {.name = "mask_of_the_greatest_length",
         .op = "Attention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 2, 1}, {1, 2}), Tensor::of<float>({1, 3}, {0, 0, 1}), std::nullopt,
                    Tensor::of<int32_t>({1, 1, 3, 3}, {1, 0, 0, 1, 1, 0, 1, 1, 1})},
         .expected = {Tensor::of<float>({1, 2, 1}, {1, 1.5f})},
         .tolerance = 1e-06},
        // (9 + 1 + 2) / 3.
        {.name = "past",
         .op = "Attention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 2, 1}, {1, 2}), Tensor::of<float>({1, 3}, {0, 0, 1}), std::nullopt,
                    std::nullopt, Tensor::of<float>({2, 1, 1, 1, 1}, {0, 9})},
         .outputCount = 2,
         .expected = {Tensor::of<float>({1, 2, 1}, {4, 4}),
                      Tensor::of<float>({2, 1, 1, 3, 1}, {0, 0, 0, 9, 1, 2})},
         .tolerance = 1e-06},
        {.name = "shared_buffer",
         .op = "Attention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{1}}, {"past_present_share_buffer", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 2, 1}, {1, 2}), Tensor::of<float>({1, 3}, {0, 0, 1}), std::nullopt,
                    std::nullopt, Tensor::of<float>({2, 1, 1, 4, 1}, {0, 5, 5, 5, 9, 5, 5, 5}), std::nullopt,
                    Tensor::of<int32_t>({1}, {1})},
         .outputCount = 2,
         .expected = {Tensor::of<float>({1, 2, 1}, {4, 4}),
                      Tensor::of<float>({2, 1, 1, 4, 1}, {0, 0, 0, 5, 9, 1, 2, 5})},
         .tolerance = 1e-06},
        // The key {1, 0} at position 1 turns by one radian.
        {.name = "rotary",
         .op = "Attention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{1}}, {"do_rotary", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 1, 1}, {1}), Tensor::of<float>({1, 6}, {1, 0, 1, 0, 0, 0}),
                    std::nullopt, std::nullopt, Tensor::of<float>({2, 1, 1, 1, 2}, {0, 0, 0, 0})},
         .outputCount = 2,
         .expected = {Tensor::of<float>({1, 1, 2}, {0, 0}),
                      Tensor::of<float>({2, 1, 1, 2, 2}, {0, 0, 0.540302306f, 0.841470985f, 0, 0, 0, 0})},
         .tolerance = 1e-06},
        {.name = "other_values",
         .op = "Attention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{2}}, {"qkv_hidden_sizes", std::vector<int64_t>{8, 8, 4}}},
         .inputs = {ramp({2, 3, 4}), ramp({4, 20}), ramp({20})},
         .tolerance = 1e-06},
    };
}

namespace {

TEST(ComMicrosoftAttention, Cases) { checkCases(comMicrosoftAttentionCases()); }

TEST(ComMicrosoftAttention, RefusesHeads) {
    const OpCase opCase{.name = "refused",
                        .op = "Attention",
                        .domain = "com.microsoft",
                        .attributes = {{"num_heads", int64_t{2}}},
                        .inputs = {ramp({1, 2, 4}), ramp({4, 9})}};
    expectRefused(opCase, "3 features do not divide into 2 heads");
}

TEST(ComMicrosoftAttention, RefusesWeights) {
    const OpCase opCase{.name = "refused",
                        .op = "Attention",
                        .domain = "com.microsoft",
                        .attributes = {{"num_heads", int64_t{1}}},
                        .inputs = {ramp({1, 2, 4}), ramp({3, 9})}};
    expectRefused(opCase, "input has 4 features, but weights has 3 rows");
}

TEST(ComMicrosoftAttention, RefusesSizes) {
    const OpCase opCase{
        .name = "refused",
        .op = "Attention",
        .domain = "com.microsoft",
        .attributes = {{"num_heads", int64_t{1}}, {"qkv_hidden_sizes", std::vector<int64_t>{2, 2, 4}}},
        .inputs = {ramp({1, 2, 4}), ramp({4, 9})}};
    expectRefused(opCase, "the weights have 9 columns, expected 8");
}

TEST(ComMicrosoftAttention, RefusesMask) {
    const OpCase opCase{.name = "refused",
                        .op = "Attention",
                        .domain = "com.microsoft",
                        .attributes = {{"num_heads", int64_t{1}}},
                        .inputs = {Tensor::of<float>({1, 2, 1}, {1, 2}), Tensor::of<float>({1, 3}, {0, 0, 1}),
                                   std::nullopt, Tensor::of<int32_t>({1, 3}, {1, 1, 1})}};
    expectRefused(opCase, "the mask [1, 3] does not fit 1 samples, 2 queries and 2 keys");
}

TEST(ComMicrosoftAttention, RefusesPast) {
    const OpCase opCase{
        .name = "refused",
        .op = "Attention",
        .domain = "com.microsoft",
        .attributes = {{"num_heads", int64_t{1}}},
        .inputs = {Tensor::of<float>({1, 2, 1}, {1, 2}), Tensor::of<float>({1, 3}, {0, 0, 1}), std::nullopt,
                   std::nullopt, Tensor::of<float>({2, 1, 2, 1, 1}, {0, 9, 0, 9})}};
    expectRefused(opCase, "the past [1, 2, 1, 1] does not fit");
}

TEST(ComMicrosoftAttention, RefusesFullBuffer) {
    const OpCase opCase{
        .name = "refused",
        .op = "Attention",
        .domain = "com.microsoft",
        .attributes = {{"num_heads", int64_t{1}}, {"past_present_share_buffer", int64_t{1}}},
        .inputs = {Tensor::of<float>({1, 2, 1}, {1, 2}), Tensor::of<float>({1, 3}, {0, 0, 1}), std::nullopt,
                   std::nullopt, Tensor::of<float>({2, 1, 1, 2, 1}, {0, 5, 9, 5}), std::nullopt,
                   Tensor::of<int32_t>({1}, {1})}};
    expectRefused(opCase, "1 past and 2 new steps do not fit a buffer of 2");
}

}  // namespace
}  // namespace lathe::test
