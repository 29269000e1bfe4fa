#include <gtest/gtest.h>

#include "tests/support/sequence_values.h"

namespace lathe::test {
namespace {

using tensor::Tensor;

TEST(Optional, HoldsTheInput) {
    const auto run = runText(R"(opset ai.onnx 25
graph main (x: float32[2]) -> (o) {
  o = Optional(x)
}
)",
                             {Tensor::of<float>({2}, {1, 2})});
    ASSERT_TRUE(run) << run.error().message;
    ASSERT_NE(run->outputs[0].optional(), nullptr);
    ASSERT_NE(run->outputs[0].optional()->value, nullptr);
    EXPECT_EQ(*run->outputs[0].optional()->value->tensor(), Tensor::of<float>({2}, {1, 2}));
    EXPECT_EQ(ir::toString(run->types[0]), "optional(float32[2])");
}

TEST(Optional, IsEmptyWithATypeAlone) {
    const auto run = runText(R"(opset ai.onnx 25
graph main () -> (o, there) {
  o = Optional() {type = type sequence(int64[N])}
  there = OptionalHasElement(o)
}
)",
                             {});
    ASSERT_TRUE(run) << run.error().message;
    ASSERT_NE(run->outputs[0].optional(), nullptr);
    EXPECT_EQ(run->outputs[0].optional()->value, nullptr);
    EXPECT_EQ(ir::toString(run->types[0]), "optional(sequence(int64[N]))");
    EXPECT_EQ(*run->outputs[1].tensor(), Tensor::scalar(false));
}

TEST(Optional, RefusesNothingAtAll) {
    expectTextRefused(R"(opset ai.onnx 25
graph main () -> (o) {
  o = Optional() "maybe"
}
)",
                      {}, "Optional \"maybe\": has neither an input nor the attribute type");
}

TEST(Optional, RefusesAnInputOfAnotherType) {
    expectTextRefused(R"(opset ai.onnx 25
graph main (x: float32[2]) -> (o) {
  o = Optional(x) "maybe" {type = type int64[2]}
}
)",
                      {Tensor::of<float>({2}, {1, 2})},
                      "Optional \"maybe\": input 0 is float32[2], the attribute type says int64[2]");
}

TEST(Optional, RefusesAnOptional) {
    expectTextRefused(R"(opset ai.onnx 25
graph main (x: optional(float32[2])) -> (o) {
  o = Optional(x) "maybe"
}
)",
                      {tensor::Optional{}},
                      "input 0 is optional(float32[2]), expected a tensor or a sequence");
}

}  // namespace
}  // namespace lathe::test
