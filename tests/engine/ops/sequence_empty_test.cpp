#include <gtest/gtest.h>

#include "tests/support/sequence_values.h"

namespace lathe::test {
namespace {

using tensor::Tensor;

TEST(SequenceEmpty, HasItsElementType) {
    const auto run = runText(R"(opset ai.onnx 25
graph main () -> (f, i, n) {
  f = SequenceEmpty()
  i = SequenceEmpty() {dtype = 7}
  n = SequenceLength(i)
}
)",
                             {});
    ASSERT_TRUE(run) << run.error().message;
    expectItems(run->outputs[0], {});
    EXPECT_EQ(run->outputs[0].sequence()->elementType, tensor::DataType::float32);
    EXPECT_EQ(run->outputs[1].sequence()->elementType, tensor::DataType::int64);
    EXPECT_EQ(*run->outputs[2].tensor(), Tensor::scalar<int64_t>(0));
    EXPECT_EQ(ir::toString(run->types[1]), "sequence(int64[...])");
}

TEST(SequenceEmpty, RefusesATypeThatDoesNotExist) {
    expectTextRefused(R"(opset ai.onnx 25
graph main () -> (s) {
  s = SequenceEmpty() "none" {dtype = 99}
}
)",
                      {}, "SequenceEmpty \"none\": attribute dtype holds 99, expected from 1 to 26");
}

}  // namespace
}  // namespace lathe::test
