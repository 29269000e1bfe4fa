#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> tensorScatterCases() {
    return {
        // Two rows of four steps; row 0 is written at step 1, row 1 at step 2.
        {.name = "linear",
         .op = "TensorScatter",
         .inputs = {Tensor::of<float>({2, 4, 1}, {1, 2, 3, 4, 5, 6, 7, 8}),
                    Tensor::of<float>({2, 2, 1}, {-1, -2, -3, -4}), Tensor::of<int64_t>({2}, {1, 2})},
         .expected = {Tensor::of<float>({2, 4, 1}, {1, -1, -2, 4, 5, 6, -3, -4})}},
        // Step 3 and then, past the end, step 0; of both inner blocks.
        {.name = "circular",
         .op = "TensorScatter",
         .attributes = {{"axis", int64_t{-1}}, {"mode", std::string("circular")}},
         .inputs = {Tensor::of<int64_t>({1, 2, 4}, {1, 2, 3, 4, 5, 6, 7, 8}),
                    Tensor::of<int64_t>({1, 2, 2}, {10, 20, 30, 40}), Tensor::of<int64_t>({1}, {7})},
         .expected = {Tensor::of<int64_t>({1, 2, 4}, {20, 2, 3, 10, 40, 6, 7, 30})}},
        {.name = "texts_at_the_start",
         .op = "TensorScatter",
         .attributes = {{"axis", int64_t{1}}},
         .inputs = {Tensor::of<std::string>({1, 3}, {"a", "b", "c"}), Tensor::of<std::string>({1, 1}, {"z"})},
         .expected = {Tensor::of<std::string>({1, 3}, {"z", "b", "c"})}},
        {.name = "no_rows",
         .op = "TensorScatter",
         .inputs = {Tensor::of<float>({0, 4, 1}, {}), Tensor::of<float>({0, 2, 1}, {})},
         .expected = {Tensor::of<float>({0, 4, 1}, {})}},
    };
}

namespace {

TEST(TensorScatter, Cases) { checkCases(tensorScatterCases()); }

TEST(TensorScatter, RefusesWhatDoesNotFit) {
    const OpCase opCase{.name = "t", .op = "TensorScatter", .inputs = {ramp({2, 4, 1}), ramp({2, 2, 1})}};
    auto wrong = opCase;
    wrong.attributes = {{"axis", int64_t{-3}}};
    expectRefused(wrong, "TensorScatter \"t\": axis -3 is the batch, expected a later one");
    wrong = opCase;
    wrong.inputs[1] = ramp({2, 5, 1});
    expectRefused(wrong, "update has 5 steps, the cache only 4");
    wrong = opCase;
    wrong.inputs[1] = ramp({2, 2, 3});
    expectRefused(wrong, "update and cache 1 and 3 differ");
    wrong = opCase;
    wrong.inputs.emplace_back(Tensor::of<int64_t>({2}, {0, 3}));
    expectRefused(wrong, "write index 3 with 2 steps is outside the cache of 4");
    wrong.inputs[2] = Tensor::of<int64_t>({1}, {0});
    expectRefused(wrong, "write_indices has 1 items, expected 2");
}

}  // namespace
}  // namespace lathe::test
