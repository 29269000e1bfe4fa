#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

using tensor::Tensor;

namespace {

ir::Attributes rule(std::string name, int64_t queryHeads = 1, int64_t keyHeads = 1) {
    return {{"update_rule", std::move(name)},
            {"q_num_heads", queryHeads},
            {"kv_num_heads", keyHeads},
            {"scale", 1.0f}};
}

}  // namespace

std::vector<OpCase> linearAttentionCases() {
    return {
        // Size 1: S goes 2*3 = 6, 6 + 4*5 = 26; y = 1*6, 10*26.
        {.name = "linear",
         .op = "LinearAttention",
         .attributes = rule("linear"),
         .inputs = {Tensor::of<float>({1, 2, 1}, {1, 10}), Tensor::of<float>({1, 2, 1}, {2, 4}),
                    Tensor::of<float>({1, 2, 1}, {3, 5})},
         .outputCount = 2,
         .expected = {Tensor::of<float>({1, 2, 1}, {6, 260}), Tensor::of<float>({1, 1, 1, 1}, {26})}},
        // S = 8; decay exp(0) = 1; v = 0.5 * (3 - 8*1) = -2.5; S = 8 - 2.5 = 5.5; y = 2*5.5.
        {.name = "gated_delta",
         .op = "LinearAttention",
         .attributes = rule("gated_delta"),
         .inputs = {Tensor::of<float>({1, 1, 1}, {2}), Tensor::of<float>({1, 1, 1}, {1}),
                    Tensor::of<float>({1, 1, 1}, {3}), Tensor::of<float>({1, 1, 1, 1}, {8}),
                    Tensor::of<float>({1, 1, 1}, {0}), Tensor::of<float>({1, 1, 1}, {0.5f})},
         .outputCount = 2,
         .expected = {Tensor::of<float>({1, 1, 1}, {11}), Tensor::of<float>({1, 1, 1, 1}, {5.5f})}},
        // Two query heads read one state: S = k v^T = [[1, 2], [0, 0]]; q = [3, 9] gives [3, 6] and
        // q = [0, 1] gives [0, 0].
        {.name = "shared_heads",
         .op = "LinearAttention",
         .attributes = rule("linear", 2, 1),
         .inputs = {Tensor::of<float>({1, 1, 4}, {3, 9, 0, 1}), Tensor::of<float>({1, 1, 2}, {1, 0}),
                    Tensor::of<float>({1, 1, 2}, {1, 2})},
         .expected = {Tensor::of<float>({1, 1, 4}, {3, 6, 0, 0})}},
        {.name = "decay_for_each_size",
         .op = "LinearAttention",
         .attributes = rule("gated", 4, 2),
         .inputs = {ramp({2, 3, 12}), ramp({2, 3, 6}), ramp({2, 3, 4}), ramp({2, 2, 3, 2}), ramp({2, 3, 6})},
         .outputCount = 2},
        {.name = "no_steps",
         .op = "LinearAttention",
         .attributes = rule("linear"),
         .inputs = {Tensor::of<float>({1, 0, 1}, {}), Tensor::of<float>({1, 0, 1}, {}),
                    Tensor::of<float>({1, 0, 1}, {})},
         .outputCount = 2,
         .expected = {Tensor::of<float>({1, 0, 1}, {}), Tensor::of<float>({1, 1, 1, 1}, {0})}},
    };
}

namespace {

TEST(LinearAttention, Cases) { checkCases(linearAttentionCases()); }

TEST(LinearAttention, RefusesWhatDoesNotFit) {
    const auto refused = [](ir::Attributes attributes, std::vector<std::optional<Tensor>> inputs,
                            std::string_view text) {
        expectRefused({.name = "l",
                       .op = "LinearAttention",
                       .attributes = std::move(attributes),
                       .inputs = std::move(inputs)},
                      text);
    };
    const auto x = ramp({1, 2, 4});
    refused(rule("linear", 3, 2), {x, x, x},
            "q_num_heads is 3, expected a multiple of kv_num_heads, which is 2");
    refused(rule("linear", 0, 1), {x, x, x}, "attribute q_num_heads holds 0");
    refused(rule("gated"), {x, x, x}, "LinearAttention \"l\": update_rule gated needs the input decay");
    refused(rule("linear"), {x, x, x, {}, {}, ramp({1, 2, 1})},
            "update_rule linear does not take the input beta");
    refused(rule("linear"), {x, x, ramp({1, 3, 4})}, "steps 2 and 3 differ");
    refused(rule("linear", 3, 3), {x, x, x}, "query has 4 columns, which do not divide into 3 heads");
    refused(rule("linear"), {x, ramp({1, 2, 3}), x}, "head sizes 4 and 3 differ");
    refused(rule("gated"), {x, x, x, {}, ramp({1, 2, 3})}, "decay [1, 2, 3] does not fit");
}

}  // namespace
}  // namespace lathe::test
