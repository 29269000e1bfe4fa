#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> scatterElementsCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "ScatterElements",
         .attributes = {{"axis", int64_t{1}}},
         .inputs = {Tensor::of<float>({1, 5}, {1, 2, 3, 4, 5}), Tensor::of<int64_t>({1, 2}, {1, -2}),
                    Tensor::of<float>({1, 2}, {1.5f, 2.5f})},
         .expected = {Tensor::of<float>({1, 5}, {1, 1.5f, 3, 2.5f, 5})}},
        {.name = "add",
         .op = "ScatterElements",
         .attributes = {{"reduction", std::string("add")}},
         .inputs = {Tensor::of<float>({3}, {1, 2, 3}), Tensor::of<int64_t>({2}, {1, 1}),
                    Tensor::of<float>({2}, {10, 20})},
         .expected = {Tensor::of<float>({3}, {1, 32, 3})}},
    };
}

namespace {

TEST(ScatterElements, Cases) { checkCases(scatterElementsCases()); }

TEST(ScatterElements, RefusesOtherShapes) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "ScatterElements",
                   .inputs = {ramp({3}), Tensor::of<int64_t>({2}, {0, 1}), ramp({3})}},
                  "ScatterElements \"r\": indices have shape [2], updates [3]");
}

}  // namespace
}  // namespace lathe::test
