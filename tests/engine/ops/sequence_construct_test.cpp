#include <gtest/gtest.h>

#include "tests/support/sequence_values.h"

namespace lathe::test {
namespace {

using tensor::Tensor;

TEST(SequenceConstruct, KeepsOrderAndShapes) {
    const auto run = runText(R"(opset ai.onnx 25
graph main (a: float32[2], b: float32[1, 2]) -> (s, n) {
  s = SequenceConstruct(a, b, a)
  n = SequenceLength(s)
}
)",
                             {Tensor::of<float>({2}, {1, 2}), Tensor::of<float>({1, 2}, {3, 4})});
    ASSERT_TRUE(run) << run.error().message;
    expectItems(run->outputs[0], {Tensor::of<float>({2}, {1, 2}), Tensor::of<float>({1, 2}, {3, 4}),
                                  Tensor::of<float>({2}, {1, 2})});
    EXPECT_EQ(*run->outputs[1].tensor(), Tensor::scalar<int64_t>(3));
    EXPECT_EQ(ir::toString(run->types[0]), "sequence(float32[...])");
}

TEST(SequenceConstruct, KeepsTheDimensionsThatAgree) {
    const auto run = runText(R"(opset ai.onnx 25
graph main (a: string[2, 1], b: string[2, 3]) -> (s) {
  s = SequenceConstruct(a, b)
}
)",
                             {Tensor::of<std::string>({2, 1}, {"a", "b"}),
                              Tensor::of<std::string>({2, 3}, {"c", "d", "e", "f", "g", "h"})});
    ASSERT_TRUE(run) << run.error().message;
    EXPECT_EQ(run->outputs[0].sequence()->elementType, tensor::DataType::string);
    EXPECT_EQ(ir::toString(run->types[0]), "sequence(string[2, ?])");
}

TEST(SequenceConstruct, RefusesTwoElementTypes) {
    expectTextRefused(R"(opset ai.onnx 25
graph main (a: float32[2], b: int64[2]) -> (s) {
  s = SequenceConstruct(a, b) "make"
}
)",
                      {Tensor::of<float>({2}, {1, 2}), Tensor::of<int64_t>({2}, {1, 2})},
                      "SequenceConstruct \"make\": input 1 (inputs) has type int64, but input 0 (inputs) has "
                      "type float32");
}

}  // namespace
}  // namespace lathe::test
