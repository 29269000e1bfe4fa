#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> meanCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Mean",
         .inputs = {Tensor::of<float>({3}, {1, 5, NAN}), Tensor::of<float>({3}, {2, 4, 1}),
                    Tensor::of<float>({3}, {3, 2, 0})},
         .expected = {Tensor::of<float>({3}, {2, 3.6666666666666665f, NAN})},
         .tolerance = 1e-06},
        {.name = "broadcast",
         .op = "Mean",
         .inputs = {Tensor::of<float>({2}, {1.5f, 2.5f}), Tensor::scalar<float>(2),
                    Tensor::of<float>({1}, {4})},
         .expected = {Tensor::of<float>({2}, {2.5f, 2.8333333333333335f})},
         .tolerance = 1e-06},
        {.name = "one_input", .op = "Mean", .inputs = {ramp({2, 3})}, .expected = {ramp({2, 3})}},
    };
}

namespace {

TEST(Mean, Cases) { checkCases(meanCases()); }

TEST(Mean, RefusesShapesThatDoNotBroadcast) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Mean", .inputs = {ramp({2, 3}), ramp({2})}},
                  "Mean \"r\": shapes [2, 3] and [2] do not broadcast");
}

}  // namespace
}  // namespace lathe::test
