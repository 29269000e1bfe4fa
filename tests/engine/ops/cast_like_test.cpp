#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> castLikeCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "CastLike",
         .inputs = {Tensor::of<float>({2}, {1.9f, -2}), Tensor::of<int32_t>({1}, {0})},
         .expected = {Tensor::of<int32_t>({2}, {1, -2})}},
        {.name = "to_bool",
         .op = "CastLike",
         .inputs = {Tensor::of<int64_t>({2}, {0, 3}), Tensor::of<bool>({1}, {false})},
         .expected = {Tensor::of<bool>({2}, {false, true})}},
    };
}

namespace {

TEST(CastLike, Cases) { checkCases(castLikeCases()); }

TEST(CastLike, RefusesComplexNumbers) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "CastLike",
                   .inputs = {Tensor::zeros(tensor::DataType::complex64, tensor::Shape{1}), ramp({1})}},
                  "CastLike \"r\": type complex64 cannot be cast");
}

}  // namespace
}  // namespace lathe::test
