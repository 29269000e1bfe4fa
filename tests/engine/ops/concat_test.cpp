#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> concatCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Concat",
         .attributes = {{"axis", int64_t{0}}},
         .inputs = {Tensor::of<float>({1, 2}, {1, 2}), Tensor::of<float>({2, 2}, {3, 4, 5, 6})},
         .expected = {Tensor::of<float>({3, 2}, {1, 2, 3, 4, 5, 6})}},
        {.name = "last_axis",
         .op = "Concat",
         .attributes = {{"axis", int64_t{-1}}},
         .inputs = {Tensor::of<float>({2, 1}, {1, 2}), Tensor::of<float>({2, 2}, {3, 4, 5, 6})},
         .expected = {Tensor::of<float>({2, 3}, {1, 3, 4, 2, 5, 6})}},
        {.name = "with_an_empty_one",
         .op = "Concat",
         .attributes = {{"axis", int64_t{0}}},
         .inputs = {Tensor::zeros(tensor::dataTypeOf<float>(), tensor::Shape{0}),
                    Tensor::of<float>({2}, {1, 2})},
         .expected = {Tensor::of<float>({2}, {1, 2})}},
        {.name = "strings",
         .op = "Concat",
         .attributes = {{"axis", int64_t{0}}},
         .inputs = {Tensor::of<std::string>({1}, {"a"}), Tensor::of<std::string>({2}, {"b", "c"})},
         .expected = {Tensor::of<std::string>({3}, {"a", "b", "c"})}},
    };
}

namespace {

TEST(Concat, Cases) { checkCases(concatCases()); }

TEST(Concat, RefusesDimensionsThatDiffer) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "Concat",
                   .attributes = {{"axis", int64_t{0}}},
                   .inputs = {ramp({2, 2}), ramp({2, 3})}},
                  "Concat \"r\": on axis 1, dimensions 2 and 3 differ");
}

TEST(Concat, RefusesAnAxisOutside) {
    using tensor::Tensor;
    expectRefused({.name = "r",
                   .op = "Concat",
                   .attributes = {{"axis", int64_t{2}}},
                   .inputs = {ramp({2, 2}), ramp({2, 2})}},
                  "Concat \"r\": axis 2 is outside [-2, 2)");
}

}  // namespace
}  // namespace lathe::test
