#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> acoshCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Acosh",
         .inputs = {Tensor::of<float>({3}, {1, 2, 0.5f})},
         .expected = {Tensor::of<float>({3}, {0, 1.3169578969248166f, NAN})},
         .tolerance = 1e-06},
        {.name = "half",
         .op = "Acosh",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Acosh",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Acosh", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Acosh, Cases) { checkCases(acoshCases()); }

TEST(Acosh, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Acosh", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Acosh \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
