#include <gtest/gtest.h>

#include "tests/support/sequence_values.h"

namespace lathe::test {
namespace {

using tensor::Tensor;

constexpr std::string_view kText = R"(opset ai.onnx 25
graph main (o: optional(sequence(float32[2]))) -> (s) {
  s = OptionalGetElement(o) "get"
}
)";

TEST(OptionalGetElement, GivesWhatIsHeld) {
    const auto item = Tensor::of<float>({2}, {1, 2});
    const auto run = runText(
        kText, {tensor::Optional{std::make_shared<const tensor::RuntimeValue>(sequence({item, item}))}});
    ASSERT_TRUE(run) << run.error().message;
    expectItems(run->outputs[0], {item, item});
    EXPECT_EQ(ir::toString(run->types[0]), "sequence(float32[2])");
}

TEST(OptionalGetElement, GivesTensorsAndSequencesThemselves) {
    const auto run = runText(R"(opset ai.onnx 25
graph main (x: float32[N], s: sequence(float32[N])) -> (y, t, z) {
  y = OptionalGetElement(x)
  t = OptionalGetElement(s)
  shape = Shape(x)
  same = OptionalGetElement(shape)
  z = Reshape(x, same)
}
)",
                             {Tensor::of<float>({2}, {1, 2}), sequence({Tensor::of<float>({1}, {3})})});
    ASSERT_TRUE(run) << run.error().message;
    EXPECT_EQ(*run->outputs[0].tensor(), Tensor::of<float>({2}, {1, 2}));
    expectItems(run->outputs[1], {Tensor::of<float>({1}, {3})});
    EXPECT_EQ(ir::toString(run->types[0]), "float32[N]");
    EXPECT_EQ(ir::toString(run->types[2]), "float32[N]");
}

TEST(OptionalGetElement, RefusesAnEmptyOne) {
    expectTextRefused(kText, {tensor::Optional{}},
                      "OptionalGetElement \"get\": the optional is empty: it holds no value to get");
}

}  // namespace
}  // namespace lathe::test
