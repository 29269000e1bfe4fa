// Gather against the plain evaluation.
#include <gtest/gtest.h>

#include "tests/support/kernel_check.h"

namespace lathe::test {
namespace {

TEST(Gather, AxesAndTypes) {
    for (const int64_t axis : {0, 1, -1})
        for (const auto& indices :
             {tensor::Tensor::of<int64_t>({2, 3}, {0, 2, -1, 1, 1, -3}),
              tensor::Tensor::of<int32_t>({1}, {2}), tensor::Tensor::scalar<int64_t>(1)})
            for (const auto& data : {randomFloats({3, 4, 5}, 1),
                                     tensor::Tensor::of<int8_t>({3, 3}, {1, 2, 3, 4, 5, 6, 7, 8, 9})})
                checkKernel({.kernel = "gather_rows",
                             .op = "Gather",
                             .attributes = {{"axis", axis}},
                             .inputs = {data, indices}});
}

}  // namespace
}  // namespace lathe::test
