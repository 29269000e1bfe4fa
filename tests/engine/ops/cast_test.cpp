#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> castCases() {
    using tensor::Tensor;
    return {
        {.name = "to_integers",
         .op = "Cast",
         .attributes = {{"to", int64_t{6}}},
         .inputs = {Tensor::of<float>({4}, {1.9f, -1.9f, 300, NAN})},
         .expected = {Tensor::of<int32_t>({4}, {1, -1, 300, 0})}},
        {.name = "to_text",
         .op = "Cast",
         .attributes = {{"to", int64_t{8}}},
         .inputs = {Tensor::of<float>({3}, {1.5f, -0.25f, INFINITY})},
         .expected = {Tensor::of<std::string>({3}, {"1.5", "-0.25", "INF"})}},
        {.name = "from_text",
         .op = "Cast",
         .attributes = {{"to", int64_t{1}}},
         .inputs = {Tensor::of<std::string>({3}, {"1.5", "-1e3", "INF"})},
         .expected = {Tensor::of<float>({3}, {1.5f, -1000, INFINITY})}},
        {.name = "to_bool",
         .op = "Cast",
         .attributes = {{"to", int64_t{9}}},
         .inputs = {Tensor::of<float>({3}, {0, 2, NAN})},
         .expected = {Tensor::of<bool>({3}, {false, true, true})}},
        {.name = "low_bits",
         .op = "Cast",
         .attributes = {{"to", int64_t{2}}},
         .inputs = {Tensor::of<int64_t>({2}, {257, -1})},
         .expected = {Tensor::of<uint8_t>({2}, {1, 255})}},
        {.name = "to_half",
         .op = "Cast",
         .attributes = {{"to", int64_t{10}}},
         .inputs = {Tensor::of<float>({2}, {1.0009765625f, 65520})},
         .expected = {Tensor::of<tensor::Float16>(
             {2}, {tensor::Float16(1.0009765625f), tensor::Float16(INFINITY)})}},
        {.name = "ends_of_the_range",
         .op = "Cast",
         .attributes = {{"to", int64_t{6}}},
         .inputs = {Tensor::of<float>({2}, {1e+20f, -1e+20f})},
         .expected = {Tensor::of<int32_t>({2}, {2147483647, INT32_MIN})}},
    };
}

namespace {

TEST(Cast, Cases) { checkCases(castCases()); }

TEST(Cast, RefusesAnUnknownType) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Cast", .attributes = {{"to", int64_t{99}}}, .inputs = {ramp({2})}},
                  "Cast \"r\": to is 99, which is no type that can be cast to");
}

TEST(Cast, RefusesTextThatIsNoNumber) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "Cast",
                   .attributes = {{"to", int64_t{1}}},
                   .inputs = {Tensor::of<std::string>({1}, {"x"})}},
                  "Cast \"r\": element 0 is \"x\", which is no number");
}

}  // namespace
}  // namespace lathe::test
