#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> bernoulliCases() {
    return {
        {.name = "certain",
         .op = "Bernoulli",
         .inputs = {Tensor::of<float>({3}, {0, 1, 0})},
         .expected = {Tensor::of<float>({3}, {0, 1, 0})}},
        {.name = "other_type",
         .op = "Bernoulli",
         .attributes = {{"dtype", int64_t{9}}, {"seed", 3.0f}},
         .inputs = {Tensor::of<float>({2}, {1, 0})},
         .expected = {Tensor::of<bool>({2}, {true, false})}},
        {.name = "any",
         .op = "Bernoulli",
         .attributes = {{"seed", 1.0f}},
         .inputs = {Tensor::of<float>({5}, {0.1f, 0.2f, 0.3f, 0.4f, 0.5f})}},
    };
}

namespace {

TEST(Bernoulli, Cases) { checkCases(bernoulliCases()); }

TEST(Bernoulli, RefusesTextOutput) {
    const OpCase opCase{.name = "b",
                        .op = "Bernoulli",
                        .attributes = {{"dtype", int64_t{8}}},
                        .inputs = {Tensor::of<float>({1}, {1})}};
    EXPECT_THAT(inferenceError(opCase), testing::HasSubstr("dtype string is no number type"));
}

}  // namespace
}  // namespace lathe::test
