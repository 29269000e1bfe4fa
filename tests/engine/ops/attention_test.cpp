#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> attentionCases() {
    return {
        {.name = "equal_scores",
         .op = "Attention",
         .inputs = {Tensor::of<float>({1, 1, 1, 1}, {1}), Tensor::of<float>({1, 1, 2, 1}, {0, 0}),
                    Tensor::of<float>({1, 1, 2, 1}, {1, 3})},
         .expected = {Tensor::of<float>({1, 1, 1, 1}, {2})},
         .tolerance = 1e-06},
        {.name = "causal",
         .op = "Attention",
         .attributes = {{"is_causal", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 1, 2, 1}, {1, 1}), Tensor::of<float>({1, 1, 2, 1}, {0, 0}),
                    Tensor::of<float>({1, 1, 2, 1}, {1, 3})},
         .expected = {Tensor::of<float>({1, 1, 2, 1}, {1, 2})},
         .tolerance = 1e-06},
        {.name = "mask_of_bools",
         .op = "Attention",
         .inputs = {Tensor::of<float>({1, 1, 1, 1}, {1}), Tensor::of<float>({1, 1, 2, 1}, {0, 0}),
                    Tensor::of<float>({1, 1, 2, 1}, {1, 3}), Tensor::of<bool>({1, 2}, {false, true})},
         .expected = {Tensor::of<float>({1, 1, 1, 1}, {3})},
         .tolerance = 1e-06},
        {.name = "past",
         .op = "Attention",
         .inputs = {Tensor::of<float>({1, 1, 1, 1}, {1}), Tensor::of<float>({1, 1, 1, 1}, {0}),
                    Tensor::of<float>({1, 1, 1, 1}, {3}), std::nullopt, Tensor::of<float>({1, 1, 1, 1}, {0}),
                    Tensor::of<float>({1, 1, 1, 1}, {1})},
         .outputCount = 3,
         .expected = {Tensor::of<float>({1, 1, 1, 1}, {2}), Tensor::of<float>({1, 1, 2, 1}, {0, 0}),
                      Tensor::of<float>({1, 1, 2, 1}, {1, 3})},
         .tolerance = 1e-06},
        {.name = "grouped_heads_flat",
         .op = "Attention",
         .attributes = {{"kv_num_heads", int64_t{2}}, {"q_num_heads", int64_t{4}}, {"softcap", 2.0f}},
         .inputs = {ramp({2, 3, 24}), ramp({2, 5, 12}), ramp({2, 5, 8})},
         .outputCount = 4},
    };
}

namespace {

TEST(Attention, Cases) { checkCases(attentionCases()); }

TEST(Attention, RefusesMatrices) {
    const OpCase opCase{.name = "a", .op = "Attention", .inputs = {ramp({2, 3}), ramp({2, 3}), ramp({2, 3})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("Q has 2 dimensions, expected 3 or 4"));
}

TEST(Attention, RefusesMissingHeads) {
    const OpCase opCase{
        .name = "a", .op = "Attention", .inputs = {ramp({2, 3, 4}), ramp({2, 3, 4}), ramp({2, 3, 4})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("q_num_heads and kv_num_heads are needed"));
}

}  // namespace
}  // namespace lathe::test
