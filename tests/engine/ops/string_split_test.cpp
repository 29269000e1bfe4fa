#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> stringSplitCases() {
    return {
        // "a.b." ends in an empty part; "c" has one and is filled up.
        {.name = "delimiter",
         .op = "StringSplit",
         .attributes = {{"delimiter", std::string(".")}},
         .inputs = {Tensor::of<std::string>({2}, {"a.b.", "c"})},
         .outputCount = 2,
         .expected = {Tensor::of<std::string>({2, 3}, {"a", "b", "", "c", "", ""}),
                      Tensor::of<int64_t>({2}, {3, 1})}},
        // One split; the rest stays as it is.
        {.name = "limit",
         .op = "StringSplit",
         .attributes = {{"delimiter", std::string("--")}, {"maxsplit", int64_t{1}}},
         .inputs = {Tensor::of<std::string>({1, 2}, {"a--b--c", "--"})},
         .outputCount = 2,
         .expected = {Tensor::of<std::string>({1, 2, 2}, {"a", "b--c", "", ""}),
                      Tensor::of<int64_t>({1, 2}, {2, 2})}},
        // White space: runs count once, those at the ends not at all; U+3000 is one, the letter U+00E9 is
        // not.
        {.name = "white_space",
         .op = "StringSplit",
         .inputs = {Tensor::of<std::string>({3}, {"  a \t\xc3\xa9\xe3\x80\x80"
                                                  "c\n",
                                                  " ", ""})},
         .outputCount = 2,
         .expected = {Tensor::of<std::string>({3, 3}, {"a", "\xc3\xa9", "c", "", "", "", "", "", ""}),
                      Tensor::of<int64_t>({3}, {3, 0, 0})}},
        {.name = "white_space_limit",
         .op = "StringSplit",
         .attributes = {{"delimiter", std::string()}, {"maxsplit", int64_t{1}}},
         .inputs = {Tensor::scalar<std::string>(" a  b c ")},
         .outputCount = 2,
         .expected = {Tensor::of<std::string>({2}, {"a", "b c "}), Tensor::scalar<int64_t>(2)}},
        {.name = "nothing",
         .op = "StringSplit",
         .inputs = {Tensor::of<std::string>({0, 2}, {})},
         .outputCount = 2,
         .expected = {Tensor::of<std::string>({0, 2, 0}, {}), Tensor::of<int64_t>({0, 2}, {})}},
    };
}

namespace {

TEST(StringSplit, Cases) { checkCases(stringSplitCases()); }

TEST(StringSplit, RefusesNumbers) {
    expectRefused({.name = "s", .op = "StringSplit", .inputs = {ramp({2})}},
                  "StringSplit \"s\": input 0 (X) has type float32, expected one of string");
}

// One text of many parts next to many texts asks for far more than either holds.
TEST(StringSplit, RefusesAResultFarLargerThanTheTexts) {
    std::vector<std::string> texts(40000, "");
    texts[0] = std::string(40000, ',');
    expectRefused({.name = "s",
                   .op = "StringSplit",
                   .attributes = {{"delimiter", std::string(",")}},
                   .inputs = {Tensor::vector<std::string>(texts)},
                   .outputCount = 2},
                  "the result string [40000, 40001] is too large");
}

}  // namespace
}  // namespace lathe::test
