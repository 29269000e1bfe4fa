#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> rotaryEmbeddingCases() {
    return {
        {.name = "quarter_turn",
         .op = "RotaryEmbedding",
         .inputs = {Tensor::of<float>({1, 1, 1, 2}, {1, 2}), Tensor::of<float>({1, 1, 1}, {0}),
                    Tensor::of<float>({1, 1, 1}, {1})},
         .expected = {Tensor::of<float>({1, 1, 1, 2}, {-2, 1})}},
        {.name = "positions",
         .op = "RotaryEmbedding",
         .inputs = {Tensor::of<float>({1, 1, 1, 2}, {1, 2}), Tensor::of<float>({2, 1}, {1, 0}),
                    Tensor::of<float>({2, 1}, {0, 1}), Tensor::of<int64_t>({1, 1}, {0})},
         .expected = {Tensor::of<float>({1, 1, 1, 2}, {1, 2})}},
        {.name = "flat_partial",
         .op = "RotaryEmbedding",
         .attributes = {{"interleaved", int64_t{1}},
                        {"num_heads", int64_t{2}},
                        {"rotary_embedding_dim", int64_t{2}}},
         .inputs = {ramp({2, 3, 8}), ramp({6, 1}), ramp({6, 1}),
                    Tensor::of<int64_t>({2, 3}, {0, 1, 2, 3, 4, 5})}},
    };
}

namespace {

TEST(RotaryEmbedding, Cases) { checkCases(rotaryEmbeddingCases()); }

TEST(RotaryEmbedding, RefusesMissingHeads) {
    const OpCase opCase{
        .name = "r", .op = "RotaryEmbedding", .inputs = {ramp({1, 2, 4}), ramp({1, 2, 2}), ramp({1, 2, 2})}};
    EXPECT_THAT(inferenceError(opCase),
                testing::HasSubstr("num_heads is needed for an input with 3 dimensions"));
}

}  // namespace
}  // namespace lathe::test
