#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> topKCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "TopK",
         .inputs = {Tensor::of<float>({2, 3}, {1, 3, 2, 6, 5, 6}), Tensor::of<int64_t>({1}, {2})},
         .outputCount = 2,
         .expected = {Tensor::of<float>({2, 2}, {3, 2, 6, 6}), Tensor::of<int64_t>({2, 2}, {1, 2, 0, 2})},
         .constantInputs = {1}},
        {.name = "smallest",
         .op = "TopK",
         .attributes = {{"largest", int64_t{0}}},
         .inputs = {Tensor::of<int64_t>({3}, {5, 1, 3}), Tensor::of<int64_t>({1}, {2})},
         .outputCount = 2,
         .expected = {Tensor::of<int64_t>({2}, {1, 3}), Tensor::of<int64_t>({2}, {1, 2})}},
        {.name = "none",
         .op = "TopK",
         .inputs = {ramp({3}), Tensor::of<int64_t>({1}, {0})},
         .outputCount = 2,
         .expected = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0}),
                      Tensor::zeros(tensor::dataTypeOf<int64_t>(), tensor::Shape{0})}},
    };
}

namespace {

TEST(TopK, Cases) { checkCases(topKCases()); }

TEST(TopK, RefusesMoreThanThereAre) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "TopK",
                   .inputs = {ramp({3}), Tensor::of<int64_t>({1}, {4})},
                   .outputCount = 2,
                   .constantInputs = {1}},
                  "TopK \"r\": K is 4, axis 0 has 3 elements");
}

}  // namespace
}  // namespace lathe::test
