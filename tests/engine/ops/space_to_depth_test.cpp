#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> spaceToDepthCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "SpaceToDepth",
         .attributes = {{"blocksize", int64_t{2}}},
         .inputs = {Tensor::of<float>({1, 1, 2, 4}, {0, 2, 1, 3, 4, 6, 5, 7})},
         .expected = {Tensor::of<float>({1, 4, 1, 2}, {0, 1, 2, 3, 4, 5, 6, 7})}},
        {.name = "block_1",
         .op = "SpaceToDepth",
         .attributes = {{"blocksize", int64_t{1}}},
         .inputs = {ramp({1, 2, 3, 3})},
         .expected = {ramp({1, 2, 3, 3})}},
    };
}

namespace {

TEST(SpaceToDepth, Cases) { checkCases(spaceToDepthCases()); }

TEST(SpaceToDepth, RefusesOtherSizes) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "SpaceToDepth",
                   .attributes = {{"blocksize", int64_t{2}}},
                   .inputs = {ramp({1, 1, 3, 2})}},
                  "SpaceToDepth \"r\": dimension 2 is 3, which does not divide by 2");
}

}  // namespace
}  // namespace lathe::test
