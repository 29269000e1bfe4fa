#include <gtest/gtest.h>

#include "tests/support/sequence_values.h"

namespace lathe::test {
namespace {

using tensor::Tensor;

constexpr std::string_view kText = R"(opset ai.onnx 25
graph main (s: sequence(int64[1]), t: int64[1], i: int32[]) -> (y) {
  y = SequenceInsert(s, t, i) "put"
}
)";

Tensor one(int64_t value) { return Tensor::of<int64_t>({1}, {value}); }

TEST(SequenceInsert, PutsBeforeThePosition) {
    const std::vector<std::pair<int32_t, std::vector<Tensor>>> cases = {
        {0, {one(9), one(1), one(2)}},  {1, {one(1), one(9), one(2)}},  {2, {one(1), one(2), one(9)}},
        {-1, {one(1), one(9), one(2)}}, {-2, {one(9), one(1), one(2)}},
    };
    for (const auto& [position, expected] : cases) {
        const auto run = runText(kText, {sequence({one(1), one(2)}), one(9), Tensor::scalar(position)});
        ASSERT_TRUE(run) << run.error().message;
        expectItems(run->outputs[0], expected);
        EXPECT_EQ(ir::toString(run->types[0]), "sequence(int64[1])");
    }
}

TEST(SequenceInsert, PutsAtTheEndWithoutAPosition) {
    const auto run = runText(R"(opset ai.onnx 25
graph main (s: sequence(int64[1]), t: int64[2]) -> (y) {
  y = SequenceInsert(s, t)
}
)",
                             {sequence({one(1)}), Tensor::of<int64_t>({2}, {7, 8})});
    ASSERT_TRUE(run) << run.error().message;
    expectItems(run->outputs[0], {one(1), Tensor::of<int64_t>({2}, {7, 8})});
    EXPECT_EQ(ir::toString(run->types[0]), "sequence(int64[?])");
}

TEST(SequenceInsert, TakesAnEmptySequence) {
    const auto run = runText(kText, {sequence({}), one(5), Tensor::scalar<int32_t>(0)});
    ASSERT_TRUE(run) << run.error().message;
    expectItems(run->outputs[0], {one(5)});
}

TEST(SequenceInsert, RefusesPositionsOutside) {
    expectTextRefused(kText, {sequence({one(1)}), one(9), Tensor::scalar<int32_t>(2)},
                      "SequenceInsert \"put\": position 2 is outside the sequence of 1 elements");
    expectTextRefused(kText, {sequence({one(1)}), one(9), Tensor::scalar<int32_t>(-2)},
                      "SequenceInsert \"put\": position -2 is outside");
}

TEST(SequenceInsert, RefusesAnotherElementType) {
    expectTextRefused(R"(opset ai.onnx 25
graph main (s: sequence(int64[1]), t: float32[1]) -> (y) {
  y = SequenceInsert(s, t) "put"
}
)",
                      {sequence({one(1)}), Tensor::of<float>({1}, {1})},
                      "SequenceInsert \"put\": a tensor of type float32 does not fit a sequence of int64");
}

}  // namespace
}  // namespace lathe::test
