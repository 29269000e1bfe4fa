#include <gtest/gtest.h>

#include "tests/support/sequence_values.h"

namespace lathe::test {
namespace {

using tensor::Tensor;

tensor::RuntimeValue holding(const Tensor& tensor) {
    return tensor::Optional{std::make_shared<const tensor::RuntimeValue>(tensor)};
}

constexpr std::string_view kText = R"(opset ai.onnx 25
graph main (o: optional(float32[1])) -> (y) {
  y = OptionalHasElement(o)
}
)";

TEST(OptionalHasElement, LooksIntoAnOptional) {
    const auto full = runText(kText, {holding(Tensor::of<float>({1}, {4}))});
    ASSERT_TRUE(full) << full.error().message;
    EXPECT_EQ(*full->outputs[0].tensor(), Tensor::scalar(true));
    EXPECT_EQ(ir::toString(full->types[0]), "bool[]");
    const auto empty = runText(kText, {tensor::Optional{}});
    ASSERT_TRUE(empty) << empty.error().message;
    EXPECT_EQ(*empty->outputs[0].tensor(), Tensor::scalar(false));
    const auto absent = runText(kText, {tensor::RuntimeValue()});
    ASSERT_TRUE(absent) << absent.error().message;
    EXPECT_EQ(*absent->outputs[0].tensor(), Tensor::scalar(false));
}

TEST(OptionalHasElement, IsKnownBeforeTheRunForOtherKinds) {
    const auto run = runText(R"(opset ai.onnx 25
graph main (x: float32[3], s: sequence(float32[2])) -> (none, tensor, sequence, y) {
  none = OptionalHasElement(_)
  tensor = OptionalHasElement(x)
  sequence = OptionalHasElement(s)
  y = If(tensor) {else_branch = graph () -> (a) {
    a = Shape(x)
  }, then_branch = graph () -> (b) {
    b = Neg(x)
  }}
}
)",
                             {Tensor::of<float>({3}, {1, 2, 3}), sequence({})});
    ASSERT_TRUE(run) << run.error().message;
    EXPECT_EQ(*run->outputs[0].tensor(), Tensor::scalar(false));
    EXPECT_EQ(*run->outputs[1].tensor(), Tensor::scalar(true));
    EXPECT_EQ(*run->outputs[2].tensor(), Tensor::scalar(true));
    EXPECT_EQ(ir::toString(run->types[3]), "float32[3]");
}

}  // namespace
}  // namespace lathe::test
