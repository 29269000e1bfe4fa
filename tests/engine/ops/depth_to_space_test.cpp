#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> depthToSpaceCases() {
    using tensor::Tensor;
    return {
        {.name = "depth_first",
         .op = "DepthToSpace",
         .attributes = {{"blocksize", int64_t{2}}},
         .inputs = {Tensor::of<float>({1, 4, 1, 2}, {0, 1, 2, 3, 4, 5, 6, 7})},
         .expected = {Tensor::of<float>({1, 1, 2, 4}, {0, 2, 1, 3, 4, 6, 5, 7})}},
        {.name = "column_first",
         .op = "DepthToSpace",
         .attributes = {{"blocksize", int64_t{2}}, {"mode", std::string("CRD")}},
         .inputs = {Tensor::of<float>({1, 8, 1, 1}, {0, 1, 2, 3, 4, 5, 6, 7})},
         .expected = {Tensor::of<float>({1, 2, 2, 2}, {0, 1, 2, 3, 4, 5, 6, 7})}},
    };
}

namespace {

TEST(DepthToSpace, Cases) { checkCases(depthToSpaceCases()); }

TEST(DepthToSpace, RefusesOtherChannels) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "DepthToSpace",
                   .attributes = {{"blocksize", int64_t{2}}},
                   .inputs = {ramp({1, 3, 2, 2})}},
                  "DepthToSpace \"r\": 3 channels do not divide by 4");
}

}  // namespace
}  // namespace lathe::test
