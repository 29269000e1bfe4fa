#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> whereCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Where",
         .inputs = {Tensor::of<bool>({3}, {true, false, true}), Tensor::of<float>({3}, {1, 2, 3}),
                    Tensor::of<float>({3}, {10, 20, 30})},
         .expected = {Tensor::of<float>({3}, {1, 20, 3})}},
        {.name = "broadcast",
         .op = "Where",
         .inputs = {Tensor::of<bool>({2, 1}, {true, false}), Tensor::scalar<float>(1),
                    Tensor::of<float>({2}, {5, 6})},
         .expected = {Tensor::of<float>({2, 2}, {1, 1, 5, 6})}},
        {.name = "strings",
         .op = "Where",
         .inputs = {Tensor::of<bool>({1}, {false}), Tensor::of<std::string>({1}, {"a"}),
                    Tensor::of<std::string>({1}, {"b"})},
         .expected = {Tensor::of<std::string>({1}, {"b"})}},
    };
}

namespace {

TEST(Where, Cases) { checkCases(whereCases()); }

TEST(Where, RefusesShapesThatDoNotBroadcast) {
    using tensor::Tensor;
    expectRefused(
        {.name = "r", .op = "Where", .inputs = {Tensor::of<bool>({2}, {true, true}), ramp({3}), ramp({3})}},
        "Where \"r\": shapes [2] and [3] do not broadcast");
}

}  // namespace
}  // namespace lathe::test
