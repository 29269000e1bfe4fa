#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> minCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Min",
         .inputs = {Tensor::of<float>({3}, {1, 5, NAN}), Tensor::of<float>({3}, {2, 4, 1}),
                    Tensor::of<float>({3}, {3, 2, 0})},
         .expected = {Tensor::of<float>({3}, {1, 2, NAN})},
         .tolerance = 1e-06},
        {.name = "broadcast",
         .op = "Min",
         .inputs = {Tensor::of<float>({2}, {1, 5}), Tensor::scalar<float>(2), Tensor::of<float>({1}, {4})},
         .expected = {Tensor::of<float>({2}, {1, 2})},
         .tolerance = 1e-06},
        {.name = "one_input", .op = "Min", .inputs = {ramp({2, 3})}, .expected = {ramp({2, 3})}},
        {.name = "unsigned",
         .op = "Min",
         .inputs = {Tensor::of<uint64_t>({2}, {1, UINT64_C(18446744073709551615)}),
                    Tensor::of<uint64_t>({2}, {2, 3})},
         .expected = {Tensor::of<uint64_t>({2}, {1, 3})}},
    };
}

namespace {

TEST(Min, Cases) { checkCases(minCases()); }

TEST(Min, RefusesShapesThatDoNotBroadcast) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Min", .inputs = {ramp({2, 3}), ramp({2})}},
                  "Min \"r\": shapes [2, 3] and [2] do not broadcast");
}

}  // namespace
}  // namespace lathe::test
