#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> einsumCases() {
    return {
        {.name = "matrix_product",
         .op = "Einsum",
         .attributes = {{"equation", std::string("ij,jk->ik")}},
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4}), Tensor::of<float>({2, 2}, {5, 6, 7, 8})},
         .expected = {Tensor::of<float>({2, 2}, {19, 22, 43, 50})}},
        {.name = "diagonal",
         .op = "Einsum",
         .attributes = {{"equation", std::string("ii->i")}},
         .inputs = {Tensor::of<float>({2, 2}, {1, 2, 3, 4})},
         .expected = {Tensor::of<float>({2}, {1, 4})}},
        {.name = "sum_of_products",
         .op = "Einsum",
         .attributes = {{"equation", std::string("i,i")}},
         .inputs = {Tensor::of<float>({2}, {1, 2}), Tensor::of<float>({2}, {3, 4})},
         .expected = {Tensor::scalar<float>(11)}},
        {.name = "transpose_by_order_of_letters",
         .op = "Einsum",
         .attributes = {{"equation", std::string("ba")}},
         .inputs = {Tensor::of<float>({1, 2}, {1, 2})},
         .expected = {Tensor::of<float>({2, 1}, {1, 2})}},
        {.name = "broadcast_batch",
         .op = "Einsum",
         .attributes = {{"equation", std::string("...ij,...jk->...ik")}},
         .inputs = {ramp({2, 3, 4}), ramp({1, 4, 5})}},
        {.name = "attention",
         .op = "Einsum",
         .attributes = {{"equation", std::string("bhid,bhjd->bhij")}},
         .inputs = {ramp({2, 3, 4, 5}), ramp({2, 3, 6, 5})}},
    };
}

namespace {

TEST(Einsum, Cases) { checkCases(einsumCases()); }

TEST(Einsum, RefusesOtherSize) {
    const OpCase opCase{.name = "e",
                        .op = "Einsum",
                        .attributes = {{"equation", std::string("ij,jk->ik")}},
                        .inputs = {ramp({2, 3}), ramp({4, 2})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("a label of ij,jk->ik has sizes 3 and 4"));
}

TEST(Einsum, RefusesTermCount) {
    const OpCase opCase{.name = "e",
                        .op = "Einsum",
                        .attributes = {{"equation", std::string("ij,jk->ik")}},
                        .inputs = {ramp({2, 3})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("has 2 terms for 1 inputs"));
}

}  // namespace
}  // namespace lathe::test
