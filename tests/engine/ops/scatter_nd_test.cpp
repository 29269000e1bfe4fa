#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> scatterNDCases() {
    using tensor::Tensor;
    return {
        {.name = "places",
         .op = "ScatterND",
         .inputs = {Tensor::of<float>({4}, {1, 2, 3, 4}), Tensor::of<int64_t>({2, 1}, {3, 0}),
                    Tensor::of<float>({2}, {10, 20})},
         .expected = {Tensor::of<float>({4}, {20, 2, 3, 10})}},
        {.name = "blocks_multiply",
         .op = "ScatterND",
         .attributes = {{"reduction", std::string("mul")}},
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<int64_t>({1, 1}, {1}),
                    Tensor::of<float>({1, 2}, {10, 20})},
         .expected = {Tensor::of<float>({2, 2}, {1, 2, 30, 80})}},
    };
}

namespace {

TEST(ScatterND, Cases) { checkCases(scatterNDCases()); }

TEST(ScatterND, RefusesOtherShapes) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "ScatterND",
                   .inputs = {ramp({4}), Tensor::of<int64_t>({2, 1}, {3, 0}), ramp({3})}},
                  "ScatterND \"r\": updates have shape [3], expected [2]");
}

}  // namespace
}  // namespace lathe::test
