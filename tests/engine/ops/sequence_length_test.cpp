#include <gtest/gtest.h>

#include "tests/support/sequence_values.h"

namespace lathe::test {
namespace {

using tensor::Tensor;

constexpr std::string_view kText = R"(opset ai.onnx 25
graph main (s: sequence(bool[1])) -> (n) {
  n = SequenceLength(s) "count"
}
)";

TEST(SequenceLength, CountsTheElements) {
    const auto item = Tensor::of<bool>({1}, {true});
    for (const size_t count : {0u, 1u, 5u}) {
        const auto run = runText(kText, {sequence(std::vector<Tensor>(count, item))});
        ASSERT_TRUE(run) << run.error().message;
        EXPECT_EQ(*run->outputs[0].tensor(), Tensor::scalar(static_cast<int64_t>(count)));
        EXPECT_EQ(ir::toString(run->types[0]), "int64[]");
    }
}

TEST(SequenceLength, RefusesAnOptional) {
    expectTextRefused(R"(opset ai.onnx 25
graph main (s: optional(float32[2])) -> (n) {
  n = SequenceLength(s) "count"
}
)",
                      {tensor::Optional{}},
                      "SequenceLength \"count\": input 0 is optional(float32[2]), expected a sequence");
}

}  // namespace
}  // namespace lathe::test
