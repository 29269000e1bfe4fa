#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> uniqueCases() {
    using tensor::Tensor;
    return {
        {.name = "sorted",
         .op = "Unique",
         .inputs = {Tensor::of<float>({6}, {2, 1, 1, 3, 4, 3})},
         .outputCount = 4,
         .expected = {Tensor::of<float>({4}, {1, 2, 3, 4}), Tensor::of<int64_t>({4}, {1, 0, 3, 4}),
                      Tensor::of<int64_t>({6}, {1, 0, 0, 2, 3, 2}), Tensor::of<int64_t>({4}, {2, 1, 2, 1})}},
        {.name = "in_order",
         .op = "Unique",
         .attributes = {{"sorted", int64_t{0}}},
         .inputs = {Tensor::of<float>({6}, {2, 1, 1, 3, 4, 3})},
         .outputCount = 4,
         .expected = {Tensor::of<float>({4}, {2, 1, 3, 4}), Tensor::of<int64_t>({4}, {0, 1, 3, 4}),
                      Tensor::of<int64_t>({6}, {0, 1, 1, 2, 3, 2}), Tensor::of<int64_t>({4}, {1, 2, 2, 1})}},
        {.name = "rows",
         .op = "Unique",
         .attributes = {{"axis", int64_t{0}}},
         .inputs = {Tensor::of<float>({3, 2}, {1, 0, 1, 0, 0, 1})},
         .outputCount = 4,
         .expected = {Tensor::of<float>({2, 2}, {0, 1, 1, 0}), Tensor::of<int64_t>({2}, {2, 0}),
                      Tensor::of<int64_t>({3}, {1, 1, 0}), Tensor::of<int64_t>({2}, {1, 2})}},
    };
}

namespace {

TEST(Unique, Cases) { checkCases(uniqueCases()); }

TEST(Unique, RefusesAnAxisOutside) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Unique", .attributes = {{"axis", int64_t{1}}}, .inputs = {ramp({3})}},
                  "Unique \"r\": axis 1 is outside [-1, 1)");
}

}  // namespace
}  // namespace lathe::test
