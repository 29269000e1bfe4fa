#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> pReluCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "PRelu",
         .inputs = {Tensor::of<float>({2}, {-2, 3}), Tensor::of<float>({2}, {0.5f, 0.5f})},
         .expected = {Tensor::of<float>({2}, {-1, 3})}},
        {.name = "per_channel",
         .op = "PRelu",
         .inputs = {Tensor::of<float>({1, 2, 2}, {-1, 1, -1, 1}), Tensor::of<float>({2, 1}, {0.5f, 0.25f})},
         .expected = {Tensor::of<float>({1, 2, 2}, {-0.5f, 1, -0.25f, 1})}},
    };
}

namespace {

TEST(PRelu, Cases) { checkCases(pReluCases()); }

TEST(PRelu, RefusesASlopeThatIsLarger) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "PRelu",
                   .inputs = {Tensor::of<float>({2}, {1, 1}), Tensor::of<float>({2, 2}, {1, 1, 1, 1})}},
                  "PRelu \"r\": slope has shape [2, 2], which does not broadcast to [2]");
}

}  // namespace
}  // namespace lathe::test
