#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftRotaryEmbeddingCases() {
    return {
        // A quarter turn at position 1: (a, b) becomes (-b, a).
        {.name = "halves",
         .op = "RotaryEmbedding",
         .domain = "com.microsoft",
         .inputs = {Tensor::of<float>({1, 1, 4}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {1}),
                    Tensor::of<float>({2, 2}, {1, 1, 0, 0}), Tensor::of<float>({2, 2}, {0, 0, 1, 1})},
         .expected = {Tensor::of<float>({1, 1, 4}, {-3, -4, 1, 2})},
         .tolerance = 1e-06},
        {.name = "neighbours",
         .op = "RotaryEmbedding",
         .domain = "com.microsoft",
         .attributes = {{"interleaved", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 1, 4}, {1, 2, 3, 4}), Tensor::of<int64_t>({1, 1}, {1}),
                    Tensor::of<float>({2, 2}, {1, 1, 0, 0}), Tensor::of<float>({2, 2}, {0, 0, 1, 1})},
         .expected = {Tensor::of<float>({1, 1, 4}, {-2, 1, -4, 3})},
         .tolerance = 1e-06},
        // The first step stays at position 0; a head is as large as the caches turn.
        {.name = "two_heads_from_the_cache",
         .op = "RotaryEmbedding",
         .domain = "com.microsoft",
         .inputs = {Tensor::of<float>({1, 2, 4}, {1, 2, 3, 4, 5, 6, 7, 8}), Tensor::of<int64_t>({1}, {0}),
                    Tensor::of<float>({2, 1}, {1, 0}), Tensor::of<float>({2, 1}, {0, 1})},
         .expected = {Tensor::of<float>({1, 2, 4}, {1, 2, 3, 4, -6, 5, -8, 7})},
         .tolerance = 1e-06},
        {.name = "part_of_heads_first",
         .op = "RotaryEmbedding",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{2}}, {"rotary_embedding_dim", int64_t{2}}},
         .inputs = {Tensor::of<float>({1, 2, 1, 3}, {1, 2, 9, 3, 4, 9}), Tensor::of<int64_t>({1}, {1}),
                    Tensor::of<float>({2, 1}, {1, 0}), Tensor::of<float>({2, 1}, {0, 1})},
         .expected = {Tensor::of<float>({1, 2, 1, 3}, {-2, 1, 9, -4, 3, 9})},
         .tolerance = 1e-06},
        {.name = "packed_batching",
         .op = "RotaryEmbedding",
         .domain = "com.microsoft",
         .attributes = {{"is_packed_batching", int64_t{1}}},
         .inputs = {ramp({1, 3, 4}), Tensor::of<int64_t>({1, 3}, {0, 1, 0}),
                    Tensor::of<float>({2, 2}, {1, 1, 0, 0}), Tensor::of<float>({2, 2}, {0, 0, 1, 1})},
         .tolerance = 1e-06},
    };
}

namespace {

TEST(ComMicrosoftRotaryEmbedding, Cases) { checkCases(comMicrosoftRotaryEmbeddingCases()); }

TEST(ComMicrosoftRotaryEmbedding, RefusesPositionOutsideTheCache) {
    const OpCase opCase{
        .name = "refused",
        .op = "RotaryEmbedding",
        .domain = "com.microsoft",
        .inputs = {Tensor::of<float>({1, 1, 4}, {1, 2, 3, 4}), Tensor::of<int64_t>({1}, {2}),
                   Tensor::of<float>({2, 2}, {1, 1, 0, 0}), Tensor::of<float>({2, 2}, {0, 0, 1, 1})}};
    expectRefused(opCase, "position 2 is outside the cache of 2");
}

TEST(ComMicrosoftRotaryEmbedding, RefusesLongSequence) {
    const OpCase opCase{
        .name = "refused",
        .op = "RotaryEmbedding",
        .domain = "com.microsoft",
        .inputs = {ramp({1, 3, 4}), Tensor::of<int64_t>({1, 3}, {0, 1, 0}),
                   Tensor::of<float>({2, 2}, {1, 1, 0, 0}), Tensor::of<float>({2, 2}, {0, 0, 1, 1})}};
    expectRefused(opCase, "a sequence of 3 steps is longer than the cache of 2");
}

TEST(ComMicrosoftRotaryEmbedding, RefusesPartWithoutHeads) {
    const OpCase opCase{
        .name = "refused",
        .op = "RotaryEmbedding",
        .domain = "com.microsoft",
        .attributes = {{"rotary_embedding_dim", int64_t{2}}},
        .inputs = {ramp({1, 1, 4}), Tensor::of<int64_t>({1}, {0}), Tensor::of<float>({2, 2}, {1, 1, 0, 0}),
                   Tensor::of<float>({2, 2}, {0, 0, 1, 1})}};
    expectRefused(opCase, "num_heads is needed with rotary_embedding_dim");
}

TEST(ComMicrosoftRotaryEmbedding, RefusesCacheRank) {
    const OpCase opCase{
        .name = "refused",
        .op = "RotaryEmbedding",
        .domain = "com.microsoft",
        .inputs = {ramp({1, 1, 4}), Tensor::of<int64_t>({1}, {0}), Tensor::of<float>({4}, {1, 1, 1, 1}),
                   Tensor::of<float>({4}, {0, 0, 0, 0})}};
    expectRefused(opCase, "cos_cache has 1 dimensions, expected 2");
}

}  // namespace
}  // namespace lathe::test
