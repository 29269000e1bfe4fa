#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"

namespace lathe::test {

std::vector<OpCase> logSoftmaxCases() {
    using tensor::Tensor;
    return {
        {.name = "by_hand",
         .op = "LogSoftmax",
         .inputs = {Tensor::of<float>({2, 2}, {0, 0, 1, 3})},
         .expected = {Tensor::of<float>({2, 2}, {-0.6931471805599453f, -0.6931471805599453f,
                                                 -2.1269280110429727f, -0.12692801104297252f})},
         .tolerance = 1e-06},
        {.name = "axis",
         .op = "LogSoftmax",
         .attributes = {{"axis", int64_t{0}}},
         .inputs = {Tensor::of<float>({2, 1}, {5, 5})},
         .expected = {Tensor::of<float>({2, 1}, {-0.6931471805599453f, -0.6931471805599453f})},
         .tolerance = 1e-06},
    };
}

namespace {

TEST(LogSoftmax, Cases) { checkCases(logSoftmaxCases()); }

TEST(LogSoftmax, RefusesAnAxisOutside) {
    using tensor::Tensor;
    expectRefused(
        {.name = "r", .op = "LogSoftmax", .attributes = {{"axis", int64_t{3}}}, .inputs = {ramp({2, 2})}},
        "LogSoftmax \"r\": axis 3 is outside [-2, 2) of a tensor of rank 2");
}

}  // namespace
}  // namespace lathe::test
