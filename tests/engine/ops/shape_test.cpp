#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> shapeCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "Shape",
         .inputs = {ramp({2, 3, 4})},
         .expected = {Tensor::of<int64_t>({3}, {2, 3, 4})}},
        {.name = "part",
         .op = "Shape",
         .attributes = {{"start", int64_t{-2}}},
         .inputs = {ramp({2, 3, 4})},
         .expected = {Tensor::of<int64_t>({2}, {3, 4})}},
        {.name = "middle",
         .op = "Shape",
         .attributes = {{"start", int64_t{1}}, {"end", int64_t{-1}}},
         .inputs = {ramp({2, 3, 4})},
         .expected = {Tensor::of<int64_t>({1}, {3})}},
        {.name = "scalar",
         .op = "Shape",
         .inputs = {Tensor::scalar<float>(1)},
         .expected = {Tensor::zeros(tensor::dataTypeOf<int64_t>(), tensor::Shape{0})}},
    };
}

namespace {

TEST(Shape, Cases) { checkCases(shapeCases()); }

TEST(Shape, RefusesAStartThatIsText) {
    using tensor::Tensor;
    expectRefused(
        {.name = "r", .op = "Shape", .attributes = {{"start", std::string("x")}}, .inputs = {ramp({2})}},
        "Shape \"r\": attribute start is a text, expected an integer");
}

}  // namespace
}  // namespace lathe::test
