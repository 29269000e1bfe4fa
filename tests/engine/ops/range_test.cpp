#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> rangeCases() {
    using tensor::Tensor;
    return {
        {.name = "integers_down",
         .op = "Range",
         .inputs = {Tensor::scalar<int64_t>(5), Tensor::scalar<int64_t>(0), Tensor::scalar<int64_t>(-2)},
         .expected = {Tensor::of<int64_t>({3}, {5, 3, 1})},
         .constantInputs = {0, 1, 2}},
        {.name = "by_hand",
         .op = "Range",
         .inputs = {Tensor::scalar<int64_t>(1), Tensor::scalar<int64_t>(10), Tensor::scalar<int64_t>(3)},
         .expected = {Tensor::of<int64_t>({3}, {1, 4, 7})},
         .constantInputs = {0, 1, 2}},
        {.name = "down",
         .op = "Range",
         .inputs = {Tensor::scalar<float>(2), Tensor::scalar<float>(0), Tensor::scalar<float>(-0.5f)},
         .expected = {Tensor::of<float>({4}, {2, 1.5f, 1, 0.5f})}},
        {.name = "nothing",
         .op = "Range",
         .inputs = {Tensor::scalar<int32_t>(5), Tensor::scalar<int32_t>(5), Tensor::scalar<int32_t>(1)},
         .expected = {Tensor::zeros(tensor::dataTypeOf<int32_t>(), tensor::Shape{0})}},
    };
}

namespace {

TEST(Range, Cases) { checkCases(rangeCases()); }

TEST(Range, RefusesADeltaOfZero) {
    using tensor::Tensor;
    expectRefused(
        {.name = "r",
         .op = "Range",
         .inputs = {Tensor::scalar<int64_t>(1), Tensor::scalar<int64_t>(10), Tensor::scalar<int64_t>(0)},
         .constantInputs = {0, 1, 2}},
        "Range \"r\": delta is 0");
}

}  // namespace
}  // namespace lathe::test
