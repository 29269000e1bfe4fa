#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> causalConvWithStateCases() {
    return {
        // Before the first step lies 0: 0*10 + 1*1, 1*10 + 2*1, 2*10 + 3*1; the last step goes on.
        {.name = "by_hand",
         .op = "CausalConvWithState",
         .inputs = {Tensor::of<float>({1, 1, 3}, {1, 2, 3}), Tensor::of<float>({1, 1, 2}, {10, 1})},
         .outputCount = 2,
         .expected = {Tensor::of<float>({1, 1, 3}, {1, 12, 23}), Tensor::of<float>({1, 1, 1}, {3})}},
        // Fewer steps than the state: past 4, 5 and new 6 with weights 1, 2, 3 and bias 100;
        // 4 + 10 + 18 + 100 = 132, and 5, 6 go on.
        {.name = "past_and_bias",
         .op = "CausalConvWithState",
         .inputs = {Tensor::of<float>({1, 1, 1}, {6}), Tensor::of<float>({1, 1, 3}, {1, 2, 3}),
                    Tensor::of<float>({1}, {100}), Tensor::of<float>({1, 1, 2}, {4, 5})},
         .outputCount = 2,
         .expected = {Tensor::of<float>({1, 1, 1}, {132}), Tensor::of<float>({1, 1, 2}, {5, 6})}},
        // 1 * sigmoid(1) and -2 * sigmoid(-2); one tap leaves no state.
        {.name = "silu",
         .op = "CausalConvWithState",
         .attributes = {{"activation", std::string("silu")}},
         .inputs = {Tensor::of<float>({1, 2, 1}, {1, -2}), Tensor::of<float>({2, 1, 1}, {1, 1})},
         .outputCount = 2,
         .expected = {Tensor::of<float>({1, 2, 1}, {0.7310586f, -0.2384058f}),
                      Tensor::of<float>({1, 2, 0}, {})},
         .tolerance = 1e-6},
        {.name = "batches", .op = "CausalConvWithState", .inputs = {ramp({2, 3, 5}), ramp({3, 1, 4})}},
    };
}

namespace {

TEST(CausalConvWithState, Cases) { checkCases(causalConvWithStateCases()); }

TEST(CausalConvWithState, RefusesWhatDoesNotFit) {
    const auto refused = [](std::vector<std::optional<Tensor>> inputs, std::string_view text) {
        expectRefused({.name = "c", .op = "CausalConvWithState", .inputs = std::move(inputs)}, text);
    };
    refused({ramp({1, 3}), ramp({3, 1, 2})}, "CausalConvWithState \"c\": input has 2 dimensions, expected 3");
    refused({ramp({1, 3, 4}), ramp({2, 1, 2})}, "channels of input and weight 3 and 2 differ");
    refused({ramp({1, 3, 4}), ramp({3, 2, 2})}, "weight has size 2 on axis 1, expected 1");
    refused({ramp({1, 3, 4}), ramp({3, 1, 0})}, "weight has no taps");
    refused({ramp({1, 3, 4}), ramp({3, 1, 2}), ramp({2})}, "channels of input and bias 3 and 2 differ");
    refused({ramp({1, 3, 4}), ramp({3, 1, 2}), {}, ramp({1, 3, 2})},
            "kernel size less one and steps of past_state 1 and 2 differ");
}

}  // namespace
}  // namespace lathe::test
