#include <gtest/gtest.h>

#include "tests/support/sequence_values.h"

namespace lathe::test {
namespace {

using tensor::Tensor;

constexpr std::string_view kJoin = R"(opset ai.onnx 25
graph main (s: sequence(float32[2, ?])) -> (y) {
  y = ConcatFromSequence(s) "join" {axis = -1}
}
)";
constexpr std::string_view kStack = R"(opset ai.onnx 25
graph main (s: sequence(float32[2])) -> (y) {
  y = ConcatFromSequence(s) "join" {axis = 1, new_axis = 1}
}
)";

TEST(ConcatFromSequence, Joins) {
    const auto run = runText(
        kJoin, {sequence({Tensor::of<float>({2, 1}, {1, 2}), Tensor::of<float>({2, 2}, {3, 4, 5, 6})})});
    ASSERT_TRUE(run) << run.error().message;
    EXPECT_EQ(*run->outputs[0].tensor(), Tensor::of<float>({2, 3}, {1, 3, 4, 2, 5, 6}));
    EXPECT_EQ((*run->types[0].shape)[0], ir::Dim(2));
    EXPECT_TRUE((*run->types[0].shape)[1].isSymbolic());
}

TEST(ConcatFromSequence, Stacks) {
    const auto run =
        runText(kStack, {sequence({Tensor::of<float>({2}, {1, 2}), Tensor::of<float>({2}, {3, 4}),
                                   Tensor::of<float>({2}, {5, 6})})});
    ASSERT_TRUE(run) << run.error().message;
    EXPECT_EQ(*run->outputs[0].tensor(), Tensor::of<float>({2, 3}, {1, 3, 5, 2, 4, 6}));
    EXPECT_EQ(run->types[0].rank(), 2);
}

TEST(ConcatFromSequence, RefusesShapesThatDiffer) {
    expectTextRefused(R"(opset ai.onnx 25
graph main (s: sequence(float32[?, ?])) -> (y) {
  y = ConcatFromSequence(s) "join" {axis = -1}
}
)",
                      {sequence({Tensor::of<float>({2, 1}, {1, 2}), Tensor::of<float>({1, 2}, {3, 4})})},
                      "ConcatFromSequence \"join\": shapes [2, 1] and [1, 2] do not join along axis 1");
    expectTextRefused(R"(opset ai.onnx 25
graph main (s: sequence(float32[?])) -> (y) {
  y = ConcatFromSequence(s) "join" {axis = 0, new_axis = 1}
}
)",
                      {sequence({Tensor::of<float>({2}, {1, 2}), Tensor::of<float>({1}, {3})})},
                      "step 1 gives float32 [1], the first gave float32 [2]");
}

TEST(ConcatFromSequence, RefusesAnEmptySequence) {
    expectTextRefused(kJoin, {sequence({})},
                      "ConcatFromSequence \"join\": the sequence is empty: there is nothing to join");
}

TEST(ConcatFromSequence, RefusesAnAxisOutside) {
    expectTextRefused(R"(opset ai.onnx 25
graph main (s: sequence(float32[2])) -> (y) {
  y = ConcatFromSequence(s) "join" {axis = 1}
}
)",
                      {sequence({Tensor::of<float>({2}, {1, 2})})},
                      "ConcatFromSequence \"join\": axis 1 is outside [-1, 1)");
}

}  // namespace
}  // namespace lathe::test
