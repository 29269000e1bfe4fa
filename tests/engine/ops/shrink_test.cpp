#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> shrinkCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Shrink",
         .attributes = {{"lambd", 1.5f}, {"bias", 0.5f}},
         .inputs = {Tensor::of<float>({4}, {-2, -1.5f, 0, 2})},
         .expected = {Tensor::of<float>({4}, {-1.5f, 0, 0, 1.5f})}},
        {.name = "default",
         .op = "Shrink",
         .inputs = {Tensor::of<float>({3}, {-1, 0.5f, 0.75f})},
         .expected = {Tensor::of<float>({3}, {-1, 0, 0.75f})}},
        {.name = "half",
         .op = "Shrink",
         .attributes = {{"lambd", 1.5f}, {"bias", 0.5f}},
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Shrink",
         .attributes = {{"lambd", 1.5f}, {"bias", 0.5f}},
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size",
         .op = "Shrink",
         .attributes = {{"lambd", 1.5f}, {"bias", 0.5f}},
         .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Shrink, Cases) { checkCases(shrinkCases()); }

TEST(Shrink, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Shrink", .inputs = {Tensor::of<std::string>({1}, {"a"})}},
                  "Shrink \"r\": input 0 (X) has type string, expected one of");
}

}  // namespace
}  // namespace lathe::test
