#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> multinomialCases() {
    return {
        {.name = "one_class",
         .op = "Multinomial",
         .attributes = {{"sample_size", int64_t{3}}},
         .inputs = {Tensor::of<float>({2, 1}, {0, 0})},
         .expected = {Tensor::of<int32_t>({2, 3}, {0, 0, 0, 0, 0, 0})}},
        {.name = "certain_class",
         .op = "Multinomial",
         .attributes = {{"dtype", int64_t{7}}, {"sample_size", int64_t{2}}},
         .inputs = {Tensor::of<float>({1, 3}, {-INFINITY, 0, -INFINITY})},
         .expected = {Tensor::of<int64_t>({1, 2}, {1, 1})}},
    };
}

namespace {

TEST(Multinomial, Cases) { checkCases(multinomialCases()); }

TEST(Multinomial, RefusesVectors) {
    const OpCase opCase{.name = "m", .op = "Multinomial", .inputs = {ramp({3})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("input has 1 dimensions, expected 2"));
}

}  // namespace
}  // namespace lathe::test
