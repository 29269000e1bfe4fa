#include <gtest/gtest.h>

#include "tests/support/sequence_values.h"

namespace lathe::test {
namespace {

using tensor::Tensor;

constexpr std::string_view kText = R"(opset ai.onnx 25
graph main (s: sequence(float32[2]), i: int64[]) -> (y) {
  y = SequenceAt(s, i) "at"
}
)";

const auto kFirst = Tensor::of<float>({2}, {1, 2});
const auto kSecond = Tensor::of<float>({2}, {3, 4});

TEST(SequenceAt, CountsFromBothEnds) {
    for (const int64_t position : {1, -1}) {
        const auto run = runText(kText, {sequence({kFirst, kSecond}), Tensor::scalar(position)});
        ASSERT_TRUE(run) << run.error().message;
        EXPECT_EQ(*run->outputs[0].tensor(), kSecond);
        EXPECT_EQ(ir::toString(run->types[0]), "float32[2]");
    }
    const auto first = runText(kText, {sequence({kFirst, kSecond}), Tensor::scalar<int64_t>(-2)});
    ASSERT_TRUE(first) << first.error().message;
    EXPECT_EQ(*first->outputs[0].tensor(), kFirst);
}

TEST(SequenceAt, RefusesPositionsOutside) {
    for (const int64_t position : {int64_t{2}, int64_t{-3}, INT64_MAX, INT64_MIN})
        expectTextRefused(kText, {sequence({kFirst, kSecond}), Tensor::scalar(position)},
                          "is outside the sequence of 2 elements");
    expectTextRefused(kText, {sequence({}), Tensor::scalar<int64_t>(0)},
                      "SequenceAt \"at\": position 0 is outside the sequence of 0 elements");
}

TEST(SequenceAt, RefusesATensor) {
    expectTextRefused(R"(opset ai.onnx 25
graph main (s: float32[2], i: int64[]) -> (y) {
  y = SequenceAt(s, i) "at"
}
)",
                      {kFirst, Tensor::scalar<int64_t>(0)},
                      "SequenceAt \"at\": input 0 is float32[2], expected a sequence");
}

TEST(SequenceAt, RefusesSeveralPositions) {
    expectTextRefused(R"(opset ai.onnx 25
graph main (s: sequence(float32[2]), i: int64[2]) -> (y) {
  y = SequenceAt(s, i) "at"
}
)",
                      {sequence({kFirst}), Tensor::of<int64_t>({2}, {0, 0})},
                      "SequenceAt \"at\": position has the shape [2], expected one integer");
}

}  // namespace
}  // namespace lathe::test
