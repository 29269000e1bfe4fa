#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> compressCases() {
    using tensor::Tensor;
    return {
        {.name = "rows",
         .op = "Compress",
         .attributes = {{"axis", int64_t{0}}},
         .inputs = {Tensor::of<float>({3, 2}, {1, 2, 3, 4, 5, 6}),
                    Tensor::of<bool>({3}, {false, true, true})},
         .expected = {Tensor::of<float>({2, 2}, {3, 4, 5, 6})}},
        {.name = "flat",
         .op = "Compress",
         .inputs = {Tensor::of<float>({3, 2}, {1, 2, 3, 4, 5, 6}),
                    Tensor::of<bool>({5}, {false, true, false, false, true})},
         .expected = {Tensor::of<float>({2}, {2, 5})}},
    };
}

namespace {

TEST(Compress, Cases) { checkCases(compressCases()); }

TEST(Compress, RefusesTooManyConditions) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "Compress",
                   .attributes = {{"axis", int64_t{0}}},
                   .inputs = {ramp({2}), Tensor::of<bool>({3}, {true, true, true})}},
                  "Compress \"r\": there are 3 conditions for 2 rows");
}

}  // namespace
}  // namespace lathe::test
