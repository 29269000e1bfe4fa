#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> stringConcatCases() {
    return {
        {.name = "side_by_side",
         .op = "StringConcat",
         .inputs = {Tensor::of<std::string>({2}, {"ab", ""}),
                    Tensor::of<std::string>({2}, {".c", "\xc3\xa9"})},
         .expected = {Tensor::of<std::string>({2}, {"ab.c", "\xc3\xa9"})}},
        // Each of the column before each of the row.
        {.name = "broadcast",
         .op = "StringConcat",
         .inputs = {Tensor::of<std::string>({2, 1}, {"a", "b"}), Tensor::of<std::string>({2}, {"1", "2"})},
         .expected = {Tensor::of<std::string>({2, 2}, {"a1", "a2", "b1", "b2"})}},
        {.name = "scalar_and_empty",
         .op = "StringConcat",
         .inputs = {Tensor::scalar<std::string>("a"), Tensor::of<std::string>({0}, {})},
         .expected = {Tensor::of<std::string>({0}, {})}},
    };
}

namespace {

TEST(StringConcat, Cases) { checkCases(stringConcatCases()); }

TEST(StringConcat, RefusesShapesThatDoNotBroadcast) {
    expectRefused(
        {.name = "s",
         .op = "StringConcat",
         .inputs = {Tensor::of<std::string>({2}, {"a", "b"}), Tensor::of<std::string>({3}, {"a", "b", "c"})}},
        "do not broadcast");
}

TEST(StringConcat, RefusesNumbers) {
    expectRefused({.name = "s", .op = "StringConcat", .inputs = {ramp({2}), ramp({2})}},
                  "StringConcat \"s\": input 0 (X) has type float32, expected one of string");
}

}  // namespace
}  // namespace lathe::test
