#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> clipCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Clip",
         .inputs = {Tensor::of<float>({4}, {-2, 0.5f, 3, NAN}), Tensor::scalar<float>(-1),
                    Tensor::scalar<float>(1)},
         .expected = {Tensor::of<float>({4}, {-1, 0.5f, 1, NAN})}},
        {.name = "only_above",
         .op = "Clip",
         .inputs = {Tensor::of<float>({2}, {-2, 3}), std::nullopt, Tensor::scalar<float>(1)},
         .expected = {Tensor::of<float>({2}, {-2, 1})}},
        {.name = "integers",
         .op = "Clip",
         .inputs = {Tensor::of<int8_t>({3}, {-100, 5, 100}), Tensor::scalar<int8_t>(-10),
                    Tensor::scalar<int8_t>(10)},
         .expected = {Tensor::of<int8_t>({3}, {-10, 5, 10})}},
        {.name = "crossed_bounds",
         .op = "Clip",
         .inputs = {Tensor::of<float>({2}, {0, 5}), Tensor::scalar<float>(3), Tensor::scalar<float>(1)},
         .expected = {Tensor::of<float>({2}, {1, 1})}},
    };
}

namespace {

TEST(Clip, Cases) { checkCases(clipCases()); }

TEST(Clip, RefusesABoundWithAShape) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Clip", .inputs = {ramp({3}), Tensor::of<float>({3}, {0, 0, 0})}},
                  "Clip \"r\": the lower bound has shape [3], expected a scalar");
}

}  // namespace
}  // namespace lathe::test
