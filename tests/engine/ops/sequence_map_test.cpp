#include <gtest/gtest.h>

#include "tests/support/sequence_values.h"

namespace lathe::test {
namespace {

using tensor::Tensor;

// Adds the same tensor, element i of a second sequence, and an outer value to element i of the first.
constexpr std::string_view kText = R"(opset ai.onnx 25
graph main (s: sequence(float32[N]), o: sequence(float32[1]), t: float32[1], outer: float32[1]) -> (sums, shapes) {
  sums, shapes = SequenceMap(s, o, t) "map" {body = graph (x: float32[N], y: float32[1], z: float32[1]) -> (sum, shape) {
    a = Add(x, y)
    b = Add(a, z)
    sum = Add(b, outer)
    shape = Shape(x)
  }}
}
)";

Tensor one(float value) { return Tensor::of<float>({1}, {value}); }

TEST(SequenceMap, RunsTheBodyForEachElement) {
    const auto run = runText(kText, {sequence({Tensor::of<float>({2}, {1, 2}), Tensor::of<float>({1}, {3})}),
                                     sequence({one(10), one(20)}), one(100), one(1000)});
    ASSERT_TRUE(run) << run.error().message;
    expectItems(run->outputs[0], {Tensor::of<float>({2}, {1111, 1112}), Tensor::of<float>({1}, {1123})});
    expectItems(run->outputs[1], {Tensor::of<int64_t>({1}, {2}), Tensor::of<int64_t>({1}, {1})});
    EXPECT_EQ(ir::toString(run->types[0]), "sequence(float32[N])");
    EXPECT_EQ(ir::toString(run->types[1]), "sequence(int64[1])");
}

TEST(SequenceMap, GivesEmptySequencesOfTheirTypes) {
    const auto run = runText(kText, {sequence({}), sequence({}), one(1), one(1)});
    ASSERT_TRUE(run) << run.error().message;
    expectItems(run->outputs[0], {});
    EXPECT_EQ(run->outputs[1].sequence()->elementType, tensor::DataType::int64);
}

TEST(SequenceMap, RefusesSequencesOfTwoLengths) {
    expectTextRefused(kText, {sequence({one(1), one(2)}), sequence({one(1)}), one(1), one(1)},
                      "SequenceMap \"map\": sequences of 2 and 1 elements do not go together");
}

TEST(SequenceMap, RefusesABodyWithOtherInputs) {
    expectTextRefused(R"(opset ai.onnx 25
graph main (s: sequence(float32[1])) -> (y) {
  y = SequenceMap(s) "map" {body = graph (a: float32[1], b: float32[1]) -> (c) {
    c = Add(a, b)
  }}
}
)",
                      {sequence({one(1)})}, "has 2 inputs, expected 1");
}

TEST(SequenceMap, RefusesATensorAsItsFirstInput) {
    expectTextRefused(R"(opset ai.onnx 25
graph main (s: float32[1]) -> (y) {
  y = SequenceMap(s) "map" {body = graph (a: float32[1]) -> (c) {
    c = Neg(a)
  }}
}
)",
                      {one(1)}, "SequenceMap \"map\": input 0 is float32[1], expected a sequence");
}

}  // namespace
}  // namespace lathe::test
