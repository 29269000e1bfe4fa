#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"

namespace lathe::test {

using tensor::Tensor;

std::vector<OpCase> reverseSequenceCases() {
    return {
        {.name = "time_first",
         .op = "ReverseSequence",
         .inputs = {Tensor::of<float>({3, 1}, {1, 2, 3}), Tensor::of<int64_t>({1}, {2})},
         .expected = {Tensor::of<float>({3, 1}, {2, 1, 3})}},
        {.name = "batch_first",
         .op = "ReverseSequence",
         .attributes = {{"batch_axis", int64_t{0}}, {"time_axis", int64_t{1}}},
         .inputs = {Tensor::of<int32_t>({2, 3}, {1, 2, 3, 4, 5, 6}), Tensor::of<int64_t>({2}, {3, 1})},
         .expected = {Tensor::of<int32_t>({2, 3}, {3, 2, 1, 4, 5, 6})}},
        {.name = "texts",
         .op = "ReverseSequence",
         .inputs = {Tensor::of<std::string>({2, 1}, {"a", "b"}), Tensor::of<int64_t>({1}, {2})},
         .expected = {Tensor::of<std::string>({2, 1}, {"b", "a"})}},
    };
}

namespace {

TEST(ReverseSequence, Cases) { checkCases(reverseSequenceCases()); }

TEST(ReverseSequence, RefusesEqualAxes) {
    const OpCase opCase{.name = "r",
                        .op = "ReverseSequence",
                        .attributes = {{"batch_axis", int64_t{0}}, {"time_axis", int64_t{0}}},
                        .inputs = {ramp({2, 2}), Tensor::of<int64_t>({2}, {1, 1})}};
    EXPECT_THAT(inferenceError(opCase),
                testing::HasSubstr("batch_axis 0 and time_axis 0 must be 0 and 1 or 1 and 0"));
}

}  // namespace
}  // namespace lathe::test
