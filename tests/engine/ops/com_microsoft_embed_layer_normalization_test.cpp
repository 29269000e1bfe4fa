#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftEmbedLayerNormalizationCases() {
    return {
        // {2, 3} + {1, 1} and {0, 1} + {0, 1}; two numbers become -1 and 1.
        {.name = "words_and_positions",
         .op = "EmbedLayerNormalization",
         .domain = "com.microsoft",
         .attributes = {{"epsilon", 0.0f}},
         .inputs = {Tensor::of<int32_t>({1, 2}, {1, 0}), std::nullopt,
                    Tensor::of<float>({2, 2}, {0, 1, 2, 3}), Tensor::of<float>({2, 2}, {1, 1, 0, 1}),
                    std::nullopt, Tensor::of<float>({2}, {1, 1}), Tensor::of<float>({2}, {0, 0}),
                    Tensor::of<int32_t>({1, 2}, {1, 0})},
         .outputCount = 3,
         .expected = {Tensor::of<float>({1, 2, 2}, {-1, 1, -1, 1}), Tensor::of<int32_t>({1}, {1}),
                      Tensor::of<float>({1, 2, 2}, {3, 4, 0, 2})},
         .tolerance = 1e-06},
        // {2, 3} + {0, 1} + {5, 0} = {7, 4}, then 2 y + 1.
        {.name = "segments_and_own_positions",
         .op = "EmbedLayerNormalization",
         .domain = "com.microsoft",
         .attributes = {{"epsilon", 0.0f}},
         .inputs = {Tensor::of<int32_t>({1, 1}, {1}), Tensor::of<int32_t>({1, 1}, {1}),
                    Tensor::of<float>({2, 2}, {0, 1, 2, 3}), Tensor::of<float>({2, 2}, {1, 1, 0, 1}),
                    Tensor::of<float>({2, 2}, {0, 0, 5, 0}), Tensor::of<float>({2}, {2, 2}),
                    Tensor::of<float>({2}, {1, 1}), std::nullopt, Tensor::of<int32_t>({1, 1}, {1})},
         .outputCount = 3,
         .expected = {Tensor::of<float>({1, 1, 2}, {3, -1}), Tensor::of<int32_t>({1}, {0}),
                      Tensor::of<float>({1, 1, 2}, {7, 4})},
         .tolerance = 1e-06},
    };
}

namespace {

TEST(ComMicrosoftEmbedLayerNormalization, Cases) { checkCases(comMicrosoftEmbedLayerNormalizationCases()); }

TEST(ComMicrosoftEmbedLayerNormalization, RefusesIndex) {
    const OpCase opCase{
        .name = "refused",
        .op = "EmbedLayerNormalization",
        .domain = "com.microsoft",
        .inputs = {Tensor::of<int32_t>({1, 1}, {2}), std::nullopt, Tensor::of<float>({2, 2}, {0, 1, 2, 3}),
                   Tensor::of<float>({2, 2}, {1, 1, 0, 1}), std::nullopt, Tensor::of<float>({2}, {1, 1}),
                   Tensor::of<float>({2}, {0, 0})}};
    expectRefused(opCase, "index 2 is outside the 2 rows of embedding 2");
}

TEST(ComMicrosoftEmbedLayerNormalization, RefusesSegmentsWithoutTable) {
    const OpCase opCase{
        .name = "refused",
        .op = "EmbedLayerNormalization",
        .domain = "com.microsoft",
        .inputs = {Tensor::of<int32_t>({1, 1}, {1}), Tensor::of<int32_t>({1, 1}, {1}),
                   Tensor::of<float>({2, 2}, {0, 1, 2, 3}), Tensor::of<float>({2, 2}, {1, 1, 0, 1}),
                   std::nullopt, Tensor::of<float>({2}, {1, 1}), Tensor::of<float>({2}, {0, 0})}};
    expectRefused(opCase, "segment_ids and segment_embedding are needed together");
}

TEST(ComMicrosoftEmbedLayerNormalization, RefusesTableWidth) {
    const OpCase opCase{
        .name = "refused",
        .op = "EmbedLayerNormalization",
        .domain = "com.microsoft",
        .inputs = {Tensor::of<int32_t>({1, 1}, {1}), std::nullopt, Tensor::of<float>({2, 2}, {0, 1, 2, 3}),
                   Tensor::of<float>({1, 3}, {1, 1, 1}), std::nullopt, Tensor::of<float>({2}, {1, 1}),
                   Tensor::of<float>({2}, {0, 0})}};
    expectRefused(opCase, "embedding 3 has 3 features, that of the words 2");
}

}  // namespace
}  // namespace lathe::test
