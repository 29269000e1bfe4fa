#include <gtest/gtest.h>

#include "tests/support/text_run.h"

namespace lathe::test {
namespace {

using tensor::Tensor;

constexpr std::string_view kText = R"(opset ai.onnx 25
graph main (c: bool[], x: float32[N]) -> (y) {
  y = If(c) {else_branch = graph () -> (t) {
    t = Neg(x)
  }, then_branch = graph () -> (t) {
    one = constant float32[1] {1}
    t = Concat(x, one) {axis = 0}
  }}
}
)";

TEST(If, RunsTheBodyTheConditionNames) {
    const auto x = Tensor::of<float>({2}, {1, 2});
    const auto yes = runText(kText, {Tensor::scalar(true), x});
    ASSERT_TRUE(yes) << yes.error().message;
    EXPECT_EQ(*yes->outputs[0].tensor(), Tensor::of<float>({3}, {1, 2, 1}));
    const auto no = runText(kText, {Tensor::scalar(false), x});
    ASSERT_TRUE(no) << no.error().message;
    EXPECT_EQ(*no->outputs[0].tensor(), Tensor::of<float>({2}, {-1, -2}));
}

TEST(If, KeepsOfTheShapesWhatBothBodiesGive) {
    const auto run = runText(kText, {Tensor::scalar(true), Tensor::of<float>({2}, {1, 2})});
    ASSERT_TRUE(run) << run.error().message;
    EXPECT_EQ(run->types[0].element, tensor::DataType::float32);
    EXPECT_EQ(run->types[0].rank(), 1);
}

TEST(If, RefusesAConditionOfSeveralElements) {
    const auto run = runText(R"(opset ai.onnx 25
graph main (c: bool[2], x: float32[N]) -> (y) {
  y = If(c) "choice" {else_branch = graph () -> (t) {
    t = Neg(x)
  }, then_branch = graph () -> (t) {
    t = Abs(x)
  }}
}
)",
                             {Tensor::of<bool>({2}, {true, false}), Tensor::of<float>({2}, {1, 2})});
    ASSERT_FALSE(run);
    EXPECT_NE(run.error().message.find("If \"choice\": the condition has 2 elements, expected 1"),
              std::string::npos)
        << run.error().message;
}

}  // namespace
}  // namespace lathe::test
