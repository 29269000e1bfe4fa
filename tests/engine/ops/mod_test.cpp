#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> modCases() {
    using tensor::Tensor;
    return {
        {.name = "sign_of_divisor",
         .op = "Mod",
         .inputs = {Tensor::of<int32_t>({6}, {-4, 7, 5, 4, -7, 8}),
                    Tensor::of<int32_t>({6}, {2, -3, 8, -2, 3, 5})},
         .expected = {Tensor::of<int32_t>({6}, {0, -2, 5, 0, 2, 3})}},
        {.name = "sign_of_dividend",
         .op = "Mod",
         .attributes = {{"fmod", int64_t{1}}},
         .inputs = {Tensor::of<int32_t>({6}, {-4, 7, 5, 4, -7, 8}),
                    Tensor::of<int32_t>({6}, {2, -3, 8, -2, 3, 5})},
         .expected = {Tensor::of<int32_t>({6}, {0, 1, 5, 0, -1, 3})}},
        {.name = "floats",
         .op = "Mod",
         .attributes = {{"fmod", int64_t{1}}},
         .inputs = {Tensor::of<float>({2}, {-4.5f, 7.5f}), Tensor::of<float>({2}, {2, -3})},
         .expected = {Tensor::of<float>({2}, {-0.5f, 1.5f})}},
        {.name = "empty",
         .op = "Mod",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<int64_t>(), tensor::Shape{0, 3}),
                    Tensor::zeros(tensor::dataTypeOf<int64_t>(), tensor::Shape{0, 3})}},
    };
}

namespace {

TEST(Mod, Cases) { checkCases(modCases()); }

TEST(Mod, RefusesShapesThatDoNotBroadcast) {
    using tensor::Tensor;
    expectRefused(
        {.name = "r",
         .op = "Mod",
         .inputs = {Tensor::of<int64_t>({2, 3}, {1, 1, 1, 1, 1, 1}), Tensor::of<int64_t>({2}, {1, 1})}},
        "Mod \"r\": shapes [2, 3] and [2] do not broadcast");
}

TEST(Mod, RefusesFloatsWithoutFmod) {
    using tensor::Tensor;
    expectRefused(
        {.name = "r", .op = "Mod", .inputs = {Tensor::of<float>({1}, {1}), Tensor::of<float>({1}, {2})}},
        "Mod \"r\": fmod must be 1 for type float32");
}

}  // namespace
}  // namespace lathe::test
