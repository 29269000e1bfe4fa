#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> comMicrosoftGroupQueryAttentionCases() {
    return {
        // Keys are 0, so weights are equal; two query heads share the values {1, 3}.
        {.name = "prompt",
         .op = "GroupQueryAttention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{2}}, {"kv_num_heads", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 2, 2}, {1, 1, 1, 1}), Tensor::of<float>({1, 2, 1}, {0, 0}),
                    Tensor::of<float>({1, 2, 1}, {1, 3}), std::nullopt, std::nullopt,
                    Tensor::of<int32_t>({1}, {1}), Tensor::of<int32_t>({}, {2})},
         .outputCount = 3,
         .expected = {Tensor::of<float>({1, 2, 2}, {1, 1, 2, 2}), Tensor::of<float>({1, 1, 2, 1}, {0, 0}),
                      Tensor::of<float>({1, 1, 2, 1}, {1, 3})},
         .tolerance = 1e-06},
        {.name = "both_ways",
         .op = "GroupQueryAttention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{2}}, {"kv_num_heads", int64_t{1}}, {"causal", int64_t{0}}},
         .inputs = {Tensor::of<float>({1, 2, 2}, {1, 1, 1, 1}), Tensor::of<float>({1, 2, 1}, {0, 0}),
                    Tensor::of<float>({1, 2, 1}, {1, 3}), std::nullopt, std::nullopt,
                    Tensor::of<int32_t>({1}, {1}), Tensor::of<int32_t>({}, {2})},
         .expected = {Tensor::of<float>({1, 2, 2}, {2, 2, 2, 2})},
         .tolerance = 1e-06},
        {.name = "window",
         .op = "GroupQueryAttention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{2}},
                        {"kv_num_heads", int64_t{1}},
                        {"local_window_size", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 2, 2}, {1, 1, 1, 1}), Tensor::of<float>({1, 2, 1}, {0, 0}),
                    Tensor::of<float>({1, 2, 1}, {1, 3}), std::nullopt, std::nullopt,
                    Tensor::of<int32_t>({1}, {1}), Tensor::of<int32_t>({}, {2})},
         .expected = {Tensor::of<float>({1, 2, 2}, {1, 1, 3, 3})},
         .tolerance = 1e-06},
        // One weight more: 1/2 and (1 + 3)/3.
        {.name = "smooth_softmax",
         .op = "GroupQueryAttention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{2}},
                        {"kv_num_heads", int64_t{1}},
                        {"smooth_softmax", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 2, 2}, {1, 1, 1, 1}), Tensor::of<float>({1, 2, 1}, {0, 0}),
                    Tensor::of<float>({1, 2, 1}, {1, 3}), std::nullopt, std::nullopt,
                    Tensor::of<int32_t>({1}, {1}), Tensor::of<int32_t>({}, {2})},
         .expected = {Tensor::of<float>({1, 2, 2}, {0.5f, 0.5f, 1.333333333f, 1.333333333f})},
         .tolerance = 1e-06},
        // Steps behind the end of a shorter sample see what is there.
        {.name = "padded_prompt",
         .op = "GroupQueryAttention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{2}}, {"kv_num_heads", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 2, 2}, {1, 1, 1, 1}), Tensor::of<float>({1, 2, 1}, {0, 0}),
                    Tensor::of<float>({1, 2, 1}, {1, 3}), std::nullopt, std::nullopt,
                    Tensor::of<int32_t>({1}, {0}), Tensor::of<int32_t>({}, {2})},
         .expected = {Tensor::of<float>({1, 2, 2}, {1, 1, 1, 1})},
         .tolerance = 1e-06},
        {.name = "packed",
         .op = "GroupQueryAttention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{2}}, {"kv_num_heads", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 1, 4}, {1, 1, 0, 3}), std::nullopt, std::nullopt, std::nullopt,
                    std::nullopt, Tensor::of<int32_t>({1}, {0}), Tensor::of<int32_t>({}, {1})},
         .expected = {Tensor::of<float>({1, 1, 2}, {3, 3})},
         .tolerance = 1e-06},
        // One past position is in use: (1 + 5) / 2.
        {.name = "token_in_a_buffer",
         .op = "GroupQueryAttention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{2}}, {"kv_num_heads", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 1, 2}, {1, 1}), Tensor::of<float>({1, 1, 1}, {0}),
                    Tensor::of<float>({1, 1, 1}, {5}), Tensor::of<float>({1, 1, 3, 1}, {0, 9, 9}),
                    Tensor::of<float>({1, 1, 3, 1}, {1, 7, 7}), Tensor::of<int32_t>({1}, {1}),
                    Tensor::of<int32_t>({1}, {2})},
         .outputCount = 3,
         .expected = {Tensor::of<float>({1, 1, 2}, {3, 3}), Tensor::of<float>({1, 1, 3, 1}, {0, 0, 0}),
                      Tensor::of<float>({1, 1, 3, 1}, {1, 5, 0})},
         .tolerance = 1e-06},
        {.name = "keys_in_the_cache",
         .op = "GroupQueryAttention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{2}}, {"kv_num_heads", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 1, 2}, {1, 1}),
                    Tensor::zeros(tensor::DataType::float32, tensor::Shape{1, 0, 1}),
                    Tensor::zeros(tensor::DataType::float32, tensor::Shape{1, 0, 1}),
                    Tensor::of<float>({1, 1, 2, 1}, {0, 0}), Tensor::of<float>({1, 1, 2, 1}, {1, 7}),
                    Tensor::of<int32_t>({1}, {1}), Tensor::of<int32_t>({1}, {2})},
         .expected = {Tensor::of<float>({1, 1, 2}, {4, 4})},
         .tolerance = 1e-06},
        // A cache of two positions forgets the first: (7 + 5) / 2.
        {.name = "cache_of_a_window",
         .op = "GroupQueryAttention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{2}},
                        {"kv_num_heads", int64_t{1}},
                        {"sliding_window_cache", int64_t{1}},
                        {"local_window_size", int64_t{2}}},
         .inputs = {Tensor::of<float>({1, 1, 2}, {1, 1}), Tensor::of<float>({1, 1, 1}, {0}),
                    Tensor::of<float>({1, 1, 1}, {5}), Tensor::of<float>({1, 1, 2, 1}, {0, 0}),
                    Tensor::of<float>({1, 1, 2, 1}, {1, 7}), Tensor::of<int32_t>({1}, {2}),
                    Tensor::of<int32_t>({1}, {3})},
         .outputCount = 3,
         .expected = {Tensor::of<float>({1, 1, 2}, {6, 6}), Tensor::of<float>({1, 1, 2, 1}, {0, 0}),
                      Tensor::of<float>({1, 1, 2, 1}, {7, 5})},
         .tolerance = 1e-06},
        // {3, 4} over its root mean square, the square root of 12.5.
        {.name = "normalized_keys",
         .op = "GroupQueryAttention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{1}}, {"kv_num_heads", int64_t{1}}, {"qk_norm_epsilon", 0.0f}},
         .inputs = {Tensor::of<float>({1, 1, 2}, {3, 4}), Tensor::of<float>({1, 1, 2}, {3, 4}),
                    Tensor::of<float>({1, 1, 2}, {1, 2}), std::nullopt, std::nullopt,
                    Tensor::of<int32_t>({1}, {0}), Tensor::of<int32_t>({1}, {1}), std::nullopt, std::nullopt,
                    std::nullopt, std::nullopt, std::nullopt, std::nullopt, std::nullopt,
                    Tensor::of<float>({2}, {1, 1}), Tensor::of<float>({2}, {1, 2})},
         .outputCount = 2,
         .expected = {Tensor::of<float>({1, 1, 2}, {1, 2}),
                      Tensor::of<float>({1, 1, 1, 2}, {0.848528137f, 2.2627417f})},
         .tolerance = 1e-06},
        // 5 / 0.5 is code 10; keys are 0, values (2 * 0.5 + 5) / 2.
        {.name = "cache_in_bytes",
         .op = "GroupQueryAttention",
         .domain = "com.microsoft",
         .attributes = {{"num_heads", int64_t{1}},
                        {"kv_num_heads", int64_t{1}},
                        {"k_quant_type", std::string("PER_TENSOR")},
                        {"v_quant_type", std::string("PER_TENSOR")}},
         .inputs = {Tensor::of<float>({1, 1, 1}, {1}), Tensor::of<float>({1, 1, 1}, {0}),
                    Tensor::of<float>({1, 1, 1}, {5}), Tensor::of<int8_t>({1, 1, 1, 1}, {0}),
                    Tensor::of<int8_t>({1, 1, 1, 1}, {2}), Tensor::of<int32_t>({1}, {1}),
                    Tensor::of<int32_t>({1}, {2}), std::nullopt, std::nullopt, std::nullopt, std::nullopt,
                    std::nullopt, Tensor::of<float>({1}, {0.5f}), Tensor::of<float>({1}, {0.5f})},
         .outputCount = 3,
         .expected = {Tensor::of<float>({1, 1, 1}, {3}), Tensor::of<int8_t>({1, 1, 2, 1}, {0, 0}),
                      Tensor::of<int8_t>({1, 1, 2, 1}, {2, 10})},
         .tolerance = 1e-06},
    };
}

namespace {

TEST(ComMicrosoftGroupQueryAttention, Cases) { checkCases(comMicrosoftGroupQueryAttentionCases()); }

TEST(ComMicrosoftGroupQueryAttention, RefusesGroups) {
    const OpCase opCase{
        .name = "refused",
        .op = "GroupQueryAttention",
        .domain = "com.microsoft",
        .attributes = {{"num_heads", int64_t{3}}, {"kv_num_heads", int64_t{2}}},
        .inputs = {ramp({1, 1, 3}), ramp({1, 1, 2}), ramp({1, 1, 2}), std::nullopt, std::nullopt,
                   Tensor::of<int32_t>({1}, {0}), Tensor::of<int32_t>({1}, {1})}};
    expectRefused(opCase, "3 heads cannot share 2 key heads");
}

TEST(ComMicrosoftGroupQueryAttention, RefusesLengths) {
    const OpCase opCase{.name = "refused",
                        .op = "GroupQueryAttention",
                        .domain = "com.microsoft",
                        .attributes = {{"num_heads", int64_t{2}}, {"kv_num_heads", int64_t{1}}},
                        .inputs = {Tensor::of<float>({1, 1, 2}, {1, 1}), Tensor::of<float>({1, 1, 1}, {0}),
                                   Tensor::of<float>({1, 1, 1}, {5}), std::nullopt, std::nullopt,
                                   Tensor::of<int32_t>({2}, {0, 0}), Tensor::of<int32_t>({1}, {1})}};
    expectRefused(opCase, "seqlens_k has 2 items, expected 1");
}

TEST(ComMicrosoftGroupQueryAttention, RefusesLengthBeyondTheCache) {
    const OpCase opCase{
        .name = "refused",
        .op = "GroupQueryAttention",
        .domain = "com.microsoft",
        .attributes = {{"num_heads", int64_t{2}}, {"kv_num_heads", int64_t{1}}},
        .inputs = {Tensor::of<float>({1, 1, 2}, {1, 1}), Tensor::of<float>({1, 1, 1}, {0}),
                   Tensor::of<float>({1, 1, 1}, {5}), Tensor::of<float>({1, 1, 3, 1}, {0, 9, 9}),
                   Tensor::of<float>({1, 1, 3, 1}, {1, 7, 7}), Tensor::of<int32_t>({1}, {4}),
                   Tensor::of<int32_t>({1}, {5})}};
    expectRefused(opCase, "total_sequence_length is 5, but past and new steps are 3 and 1");
}

TEST(ComMicrosoftGroupQueryAttention, RefusesQuantizedCacheWithoutType) {
    const OpCase opCase{.name = "refused",
                        .op = "GroupQueryAttention",
                        .domain = "com.microsoft",
                        .attributes = {{"num_heads", int64_t{1}}, {"kv_num_heads", int64_t{1}}},
                        .inputs = {Tensor::of<float>({1, 1, 1}, {1}), Tensor::of<float>({1, 1, 1}, {0}),
                                   Tensor::of<float>({1, 1, 1}, {5}), Tensor::of<int8_t>({1, 1, 1, 1}, {0}),
                                   Tensor::of<int8_t>({1, 1, 1, 1}, {2}), Tensor::of<int32_t>({1}, {1}),
                                   Tensor::of<int32_t>({1}, {2})}};
    expectRefused(opCase, "k_quant_type is NONE, but the cache is int8");
}

TEST(ComMicrosoftGroupQueryAttention, RefusesRotaryWithoutCaches) {
    const OpCase opCase{
        .name = "refused",
        .op = "GroupQueryAttention",
        .domain = "com.microsoft",
        .attributes = {{"num_heads", int64_t{2}}, {"kv_num_heads", int64_t{1}}, {"do_rotary", int64_t{1}}},
        .inputs = {Tensor::of<float>({1, 2, 2}, {1, 1, 1, 1}), Tensor::of<float>({1, 2, 1}, {0, 0}),
                   Tensor::of<float>({1, 2, 1}, {1, 3}), std::nullopt, std::nullopt,
                   Tensor::of<int32_t>({1}, {1}), Tensor::of<int32_t>({}, {2})}};
    expectRefused(opCase, "do_rotary needs cos_cache and sin_cache");
}

TEST(ComMicrosoftGroupQueryAttention, RefusesPositionOutsideTheCaches) {
    const OpCase opCase{
        .name = "refused",
        .op = "GroupQueryAttention",
        .domain = "com.microsoft",
        .attributes = {{"num_heads", int64_t{1}}, {"kv_num_heads", int64_t{1}}, {"do_rotary", int64_t{1}}},
        .inputs = {ramp({1, 2, 2}), ramp({1, 2, 2}), ramp({1, 2, 2}), std::nullopt, std::nullopt,
                   Tensor::of<int32_t>({1}, {1}), Tensor::of<int32_t>({1}, {2}), ramp({1, 1}), ramp({1, 1})}};
    expectRefused(opCase, "position 1 is outside the cache of 1");
}

TEST(ComMicrosoftGroupQueryAttention, RefusesKeyWithoutValue) {
    const OpCase opCase{
        .name = "refused",
        .op = "GroupQueryAttention",
        .domain = "com.microsoft",
        .attributes = {{"num_heads", int64_t{2}}, {"kv_num_heads", int64_t{1}}},
        .inputs = {Tensor::of<float>({1, 1, 2}, {1, 1}), Tensor::of<float>({1, 1, 1}, {0}), std::nullopt,
                   std::nullopt, std::nullopt, Tensor::of<int32_t>({1}, {0}), Tensor::of<int32_t>({1}, {1})}};
    expectRefused(opCase, "key and value are needed together");
}

TEST(ComMicrosoftGroupQueryAttention, RefusesCacheSmallerThanTheWindow) {
    const OpCase opCase{
        .name = "refused",
        .op = "GroupQueryAttention",
        .domain = "com.microsoft",
        .attributes = {{"num_heads", int64_t{2}},
                       {"kv_num_heads", int64_t{1}},
                       {"sliding_window_cache", int64_t{1}},
                       {"local_window_size", int64_t{4}}},
        .inputs = {Tensor::of<float>({1, 1, 2}, {1, 1}), Tensor::of<float>({1, 1, 1}, {0}),
                   Tensor::of<float>({1, 1, 1}, {5}), Tensor::of<float>({1, 1, 3, 1}, {0, 9, 9}),
                   Tensor::of<float>({1, 1, 3, 1}, {1, 7, 7}), Tensor::of<int32_t>({1}, {1}),
                   Tensor::of<int32_t>({1}, {2})}};
    expectRefused(opCase, "a cache of 3 positions cannot hold a window of 4");
}

}  // namespace
}  // namespace lathe::test
