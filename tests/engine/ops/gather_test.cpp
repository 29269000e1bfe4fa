#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> gatherCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Gather",
         .inputs = {Tensor::of<float>({3, 2}, {1, 2, 3, 4, 5, 6}), Tensor::of<int64_t>({2}, {2, 0})},
         .expected = {Tensor::of<float>({2, 2}, {5, 6, 1, 2})}},
        {.name = "last_axis",
         .op = "Gather",
         .attributes = {{"axis", int64_t{1}}},
         .inputs = {Tensor::of<float>({3, 2}, {1, 2, 3, 4, 5, 6}), Tensor::of<int64_t>({1}, {-1})},
         .expected = {Tensor::of<float>({3, 1}, {2, 4, 6})}},
        {.name = "scalar_index",
         .op = "Gather",
         .inputs = {Tensor::of<float>({3, 2}, {1, 2, 3, 4, 5, 6}), Tensor::scalar<int32_t>(1)},
         .expected = {Tensor::of<float>({2}, {3, 4})}},
    };
}

namespace {

TEST(Gather, Cases) { checkCases(gatherCases()); }

TEST(Gather, RefusesAnIndexOutside) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "Gather",
                   .inputs = {Tensor::of<float>({3, 2}, {1, 2, 3, 4, 5, 6}), Tensor::of<int64_t>({1}, {3})}},
                  "Gather \"r\": index 3 is outside [-3, 3)");
}

TEST(Gather, RefusesAnAxisOutside) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "Gather",
                   .attributes = {{"axis", int64_t{2}}},
                   .inputs = {Tensor::of<float>({3, 2}, {1, 2, 3, 4, 5, 6}), Tensor::of<int64_t>({1}, {0})}},
                  "Gather \"r\": axis 2 is outside [-2, 2)");
}

}  // namespace
}  // namespace lathe::test
