#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> transposeCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Transpose",
         .inputs = {Tensor::of<float>({2, 3}, {1, 2, 3, 4, 5, 6})},
         .expected = {Tensor::of<float>({3, 2}, {1, 4, 2, 5, 3, 6})}},
        {.name = "perm",
         .op = "Transpose",
         .attributes = {{"perm", std::vector<int64_t>{1, 0, 2}}},
         .inputs = {Tensor::of<float>({1, 2, 2}, {1, 2, 3, 4})},
         .expected = {Tensor::of<float>({2, 1, 2}, {1, 2, 3, 4})}},
        {.name = "empty",
         .op = "Transpose",
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0, 3})},
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{3, 0})}},
    };
}

namespace {

TEST(Transpose, Cases) { checkCases(transposeCases()); }

TEST(Transpose, RefusesAPermOfAnotherRank) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "Transpose",
                   .attributes = {{"perm", std::vector<int64_t>{0}}},
                   .inputs = {ramp({2, 3})}},
                  "Transpose \"r\": perm has 1 items, the input has rank 2");
}

TEST(Transpose, RefusesAnAxisGivenTwice) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "Transpose",
                   .attributes = {{"perm", std::vector<int64_t>{0, 0}}},
                   .inputs = {ramp({2, 3})}},
                  "Transpose \"r\": axis 0 is given twice");
}

}  // namespace
}  // namespace lathe::test
