#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> triluCases() {
    using tensor::Tensor;
    return {
        {.name = "upper",
         .op = "Trilu",
         .inputs = {Tensor::of<float>({3, 3}, {1, 2, 3, 4, 5, 6, 7, 8, 9})},
         .expected = {Tensor::of<float>({3, 3}, {1, 2, 3, 0, 5, 6, 0, 0, 9})}},
        {.name = "lower_diagonal",
         .op = "Trilu",
         .attributes = {{"upper", int64_t{0}}},
         .inputs = {Tensor::of<float>({3, 3}, {1, 2, 3, 4, 5, 6, 7, 8, 9}), Tensor::scalar<int64_t>(-1)},
         .expected = {Tensor::of<float>({3, 3}, {0, 0, 0, 4, 0, 0, 7, 8, 0})}},
        {.name = "far_outside",
         .op = "Trilu",
         .inputs = {Tensor::of<float>({3, 3}, {1, 2, 3, 4, 5, 6, 7, 8, 9}),
                    Tensor::scalar<int64_t>(INT64_MAX)},
         .expected = {Tensor::of<float>({3, 3}, {0, 0, 0, 0, 0, 0, 0, 0, 0})}},
    };
}

namespace {

TEST(Trilu, Cases) { checkCases(triluCases()); }

TEST(Trilu, RefusesVectors) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "Trilu", .inputs = {ramp({3})}},
                  "Trilu \"r\": the input has rank 1, expected at least 2");
}

}  // namespace
}  // namespace lathe::test
