#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> gatherNDCases() {
    using tensor::Tensor;
    return {
        {.name = "places",
         .op = "GatherND",
         .inputs = {Tensor::of<float>({2, 2}, {0, 1, 2, 3}), Tensor::of<int64_t>({2, 2}, {0, 0, 1, 1})},
         .expected = {Tensor::of<float>({2}, {0, 3})}},
        {.name = "blocks",
         .op = "GatherND",
         .inputs = {Tensor::of<float>({2, 2}, {0, 1, 2, 3}), Tensor::of<int64_t>({2, 1}, {1, 0})},
         .expected = {Tensor::of<float>({2, 2}, {2, 3, 0, 1})}},
        {.name = "batch",
         .op = "GatherND",
         .attributes = {{"batch_dims", int64_t{1}}},
         .inputs = {Tensor::of<float>({2, 2, 1}, {0, 1, 2, 3}), Tensor::of<int64_t>({2, 1}, {1, 0})},
         .expected = {Tensor::of<float>({2, 1}, {1, 2})}},
    };
}

namespace {

TEST(GatherND, Cases) { checkCases(gatherNDCases()); }

TEST(GatherND, RefusesTuplesThatAreTooLong) {
    using tensor::Tensor;
    expectRefused({.name = "r", .op = "GatherND", .inputs = {ramp({2}), Tensor::of<int64_t>({1, 2}, {0, 0})}},
                  "GatherND \"r\": batch_dims 0 and index tuples of 2 do not fit data of rank 1");
}

}  // namespace
}  // namespace lathe::test
