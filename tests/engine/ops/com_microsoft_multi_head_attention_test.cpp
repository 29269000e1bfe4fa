#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftMultiHeadAttentionCases() {
    return {
        // Keys are 0, so weights are equal.
        {.name = "separate",
         .op = "MultiHeadAttention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 1, 1}, {1}), Tensor::of<float>({1, 2, 1}, {0, 0}),
                    Tensor::of<float>({1, 2, 1}, {1, 3})},
         .expected = {Tensor::of<float>({1, 1, 1}, {2})},
         .tolerance = 1e-06},
        {.name = "packed",
         .op = "MultiHeadAttention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 2, 1, 3, 1}, {1, 0, 1, 1, 0, 3})},
         .expected = {Tensor::of<float>({1, 2, 1}, {2, 2})},
         .tolerance = 1e-06},
        {.name = "packed_keys_and_values",
         .op = "MultiHeadAttention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 1, 1}, {1}), Tensor::of<float>({1, 2, 1, 2, 1}, {0, 1, 0, 3})},
         .expected = {Tensor::of<float>({1, 1, 1}, {2})},
         .tolerance = 1e-06},
        // The bias of V does not reach values that come as heads.
        {.name = "heads_of_another_sequence",
         .op = "MultiHeadAttention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 1, 1}, {1}), Tensor::of<float>({1, 1, 2, 1}, {0, 0}),
                    Tensor::of<float>({1, 1, 2, 1}, {1, 3}), Tensor::of<float>({3}, {1, 5, 5})},
         .outputCount = 3,
         .expected = {Tensor::of<float>({1, 1, 1}, {2}), Tensor::of<float>({1, 1, 2, 1}, {0, 0}),
                      Tensor::of<float>({1, 1, 2, 1}, {1, 3})},
         .tolerance = 1e-06},
        {.name = "bias",
         .op = "MultiHeadAttention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 1, 1}, {1}), Tensor::of<float>({1, 2, 1}, {0, 0}),
                    Tensor::of<float>({1, 2, 1}, {1, 3}), Tensor::of<float>({3}, {0, 0, 5})},
         .expected = {Tensor::of<float>({1, 1, 1}, {7})},
         .tolerance = 1e-06},
        {.name = "mask_and_scores",
         .op = "MultiHeadAttention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 1, 1}, {1}), Tensor::of<float>({1, 2, 1}, {2, 4}),
                    Tensor::of<float>({1, 2, 1}, {1, 3}), std::nullopt, Tensor::of<int32_t>({1, 2}, {1, 0})},
         .outputCount = 4,
         .expected = {Tensor::of<float>({1, 1, 1}, {1}), Tensor::of<float>({1, 1, 2, 1}, {2, 4}),
                      Tensor::of<float>({1, 1, 2, 1}, {1, 3}), Tensor::of<float>({1, 1, 1, 2}, {2, -9996})},
         .tolerance = 1e-06},
        {.name = "past",
         .op = "MultiHeadAttention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 1, 1}, {1}), Tensor::of<float>({1, 1, 1}, {0}),
                    Tensor::of<float>({1, 1, 1}, {5}), std::nullopt, std::nullopt, std::nullopt,
                    Tensor::of<float>({1, 1, 1, 1}, {0}), Tensor::of<float>({1, 1, 1, 1}, {1})},
         .outputCount = 3,
         .expected = {Tensor::of<float>({1, 1, 1}, {3}), Tensor::of<float>({1, 1, 2, 1}, {0, 0}),
                      Tensor::of<float>({1, 1, 2, 1}, {1, 5})},
         .tolerance = 1e-06},
        {.name = "shared_buffer",
         .op = "MultiHeadAttention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 1, 1}, {1}), Tensor::of<float>({1, 1, 1}, {0}),
                    Tensor::of<float>({1, 1, 1}, {5}), std::nullopt, std::nullopt, std::nullopt,
                    Tensor::of<float>({1, 1, 3, 1}, {0, 7, 7}), Tensor::of<float>({1, 1, 3, 1}, {1, 7, 7}),
                    Tensor::of<int32_t>({1}, {1})},
         .outputCount = 3,
         .expected = {Tensor::of<float>({1, 1, 1}, {3}), Tensor::of<float>({1, 1, 3, 1}, {0, 0, 7}),
                      Tensor::of<float>({1, 1, 3, 1}, {1, 5, 7})},
         .tolerance = 1e-06},
        // Two beams that change places: (3 + 5) / 2 and (1 + 7) / 2.
        {.name = "beams",
         .op = "MultiHeadAttention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{1}}},
         .inputs = {Tensor::of<float>({2, 1, 1}, {1, 1}), Tensor::of<float>({2, 1, 1}, {0, 0}),
                    Tensor::of<float>({2, 1, 1}, {5, 7}), std::nullopt, std::nullopt, std::nullopt,
                    Tensor::of<float>({2, 1, 1, 1}, {0, 0}), Tensor::of<float>({2, 1, 1, 1}, {1, 3}),
                    std::nullopt, Tensor::of<int32_t>({1, 2, 1}, {1, 0})},
         .outputCount = 3,
         .expected = {Tensor::of<float>({2, 1, 1}, {4, 4}), Tensor::of<float>({2, 1, 2, 1}, {0, 0, 0, 0}),
                      Tensor::of<float>({2, 1, 2, 1}, {1, 5, 3, 7})},
         .tolerance = 1e-06},
        {.name = "two_heads",
         .op = "MultiHeadAttention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{2}}, {"scale", 0.5f}},
         .inputs = {ramp({2, 3, 8}), ramp({2, 4, 8}), ramp({2, 4, 12}), ramp({28})},
         .outputCount = 4,
         .tolerance = 1e-06},
    };
}

namespace {

TEST(ComMicrosoftMultiHeadAttention, Cases) { checkCases(comMicrosoftMultiHeadAttentionCases()); }

TEST(ComMicrosoftMultiHeadAttention, RefusesMissingKey) {
    const OpCase opCase{.name = "refused",
                        .op = "MultiHeadAttention",
                        .domain = "com.microsoft",
                        .attributes = {{"num_heads", int64_t{1}}},
                        .inputs = {Tensor::of<float>({1, 1, 1}, {1})}};
    expectRefused(opCase, "key is needed beside a query with 3 dimensions");
}

TEST(ComMicrosoftMultiHeadAttention, RefusesMissingValue) {
    const OpCase opCase{.name = "refused",
                        .op = "MultiHeadAttention",
                        .domain = "com.microsoft",
                        .attributes = {{"num_heads", int64_t{1}}},
                        .inputs = {Tensor::of<float>({1, 1, 1}, {1}), Tensor::of<float>({1, 1, 1}, {1})}};
    expectRefused(opCase, "value is needed beside a key with 3 dimensions");
}

TEST(ComMicrosoftMultiHeadAttention, RefusesHeads) {
    const OpCase opCase{
        .name = "refused",
        .op = "MultiHeadAttention",
        .domain = "com.microsoft",
        .attributes = {{"num_heads", int64_t{2}}},
        .inputs = {Tensor::of<float>({1, 1, 3}, {1, 2, 3}), Tensor::of<float>({1, 1, 3}, {1, 2, 3}),
                   Tensor::of<float>({1, 1, 3}, {1, 2, 3})}};
    expectRefused(opCase, "does not divide into 2 heads");
}

TEST(ComMicrosoftMultiHeadAttention, RefusesPacking) {
    const OpCase opCase{.name = "refused",
                        .op = "MultiHeadAttention",
                        .domain = "com.microsoft",
                        .attributes = {{"num_heads", int64_t{2}}},
                        .inputs = {Tensor::of<float>({1, 1, 1, 3, 1}, {1, 2, 3})}};
    expectRefused(opCase, "input 0 [1, 1, 1, 3, 1] must be [batch, steps, 2, 3, size]");
}

TEST(ComMicrosoftMultiHeadAttention, RefusesBias) {
    const OpCase opCase{.name = "refused",
                        .op = "MultiHeadAttention",
                        .domain = "com.microsoft",
                        .attributes = {{"num_heads", int64_t{1}}},
                        .inputs = {Tensor::of<float>({1, 1, 1}, {1}), Tensor::of<float>({1, 1, 1}, {1}),
                                   Tensor::of<float>({1, 1, 1}, {1}), Tensor::of<float>({2}, {1, 2})}};
    expectRefused(opCase, "bias has 2 items, expected 3");
}

TEST(ComMicrosoftMultiHeadAttention, RefusesBeam) {
    const OpCase opCase{
        .name = "refused",
        .op = "MultiHeadAttention",
        .domain = "com.microsoft",
        .attributes = {{"num_heads", int64_t{1}}},
        .inputs = {Tensor::of<float>({2, 1, 1}, {1, 1}), Tensor::of<float>({2, 1, 1}, {0, 0}),
                   Tensor::of<float>({2, 1, 1}, {5, 7}), std::nullopt, std::nullopt, std::nullopt,
                   Tensor::of<float>({2, 1, 1, 1}, {0, 0}), Tensor::of<float>({2, 1, 1, 1}, {1, 3}),
                   std::nullopt, Tensor::of<int32_t>({1, 2, 1}, {1, 2})}};
    expectRefused(opCase, "cache_indirection holds 2, expected 0 to 1");
}

}  // namespace
}  // namespace lathe::test
