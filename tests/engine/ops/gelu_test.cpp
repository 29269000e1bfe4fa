#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> geluCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Gelu",
         .inputs = {Tensor::of<float>({3}, {0, 1, -1})},
         .expected = {Tensor::of<float>({3}, {0, 0.8413447460685429f, -0.15865525393145707f})},
         .tolerance = 1e-06},
        {.name = "tanh",
         .op = "Gelu",
         .attributes = {{"approximate", std::string("tanh")}},
         .inputs = {Tensor::of<float>({3}, {0, 1, -1})},
         .expected = {Tensor::of<float>({3}, {0, 0.8411919906082768f, -0.15880800939172324f})},
         .tolerance = 1e-06},
        {.name = "half",
         .op = "Gelu",
         .inputs = {Tensor::of<tensor::Float16>({1, 2}, {tensor::Float16(0.5f), tensor::Float16(1.0f)})}},
        {.name = "empty",
         .op = "Gelu",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})}},
        {.name = "odd_size", .op = "Gelu", .inputs = {ramp({1, 3, 7})}},
    };
}

namespace {

TEST(Gelu, Cases) { checkCases(geluCases()); }

TEST(Gelu, RefusesOtherTypes) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Gelu", .inputs = {Tensor::of<int64_t>({1}, {3})}},
                  "Gelu \"r\": input 0 (X) has type int64, expected one of");
}

}  // namespace
}  // namespace lathe::test
