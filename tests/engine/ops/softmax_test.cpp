#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> softmaxCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Softmax",
         .inputs = {Tensor::of<float>({2, 2}, {0, 0, 1, 3})},
         .expected = {Tensor::of<float>({2, 2}, {0.5f, 0.5f, 0.11920292202211755f, 0.8807970779778824f})},
         .tolerance = 1e-06},
        {.name = "axis",
         .op = "Softmax",
         .attributes = {{"axis", int64_t{0}}},
         .inputs = {Tensor::of<float>({2, 2}, {0, 1, 0, 3})},
         .expected = {Tensor::of<float>({2, 2}, {0.5f, 0.11920292202211755f, 0.5f, 0.8807970779778824f})},
         .tolerance = 1e-06},
        {.name = "large",
         .op = "Softmax",
         .inputs = {Tensor::of<float>({2}, {1000, 1000})},
         .expected = {Tensor::of<float>({2}, {0.5f, 0.5f})}},
        {.name = "empty",
         .op = "Softmax",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{2, 0})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{2, 0})}},
    };
}

namespace {

TEST(Softmax, Cases) { checkCases(softmaxCases()); }

TEST(Softmax, RefusesAnAxisOutside) {
    using tensor::Tensor;
    expectRefused(
        {.name = "r", .op = "Softmax", .attributes = {{"axis", int64_t{3}}}, .inputs = {ramp({2, 2})}},
        "Softmax \"r\": axis 3 is outside [-2, 2) of a tensor of rank 2");
}

}  // namespace
}  // namespace lathe::test
