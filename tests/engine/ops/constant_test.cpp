#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> constantCases() {
    using tensor::Tensor;
    return {
        {.name = "tensor",
         .op = "Constant",
         .attributes = {{"value", Tensor::of<float>({2}, {1, 2})}},
         .inputs = {},
         .expected = {Tensor::of<float>({2}, {1, 2})}},
        {.name = "integers",
         .op = "Constant",
         .attributes = {{"value_ints", std::vector<int64_t>{1, 2, 3}}},
         .inputs = {},
         .expected = {Tensor::of<int64_t>({3}, {1, 2, 3})}},
        {.name = "real",
         .op = "Constant",
         .attributes = {{"value_float", 2.5f}},
         .inputs = {},
         .expected = {Tensor::scalar<float>(2.5f)}},
    };
}

namespace {

TEST(Constant, Cases) { checkCases(constantCases()); }

TEST(Constant, RefusesToHaveNoValue) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Constant", .inputs = {}},
                  "Constant \"r\": has none of the value attributes");
}

}  // namespace
}  // namespace lathe::test
