#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/sequence_values.h"

namespace lathe::test {
namespace {

using tensor::Tensor;

const auto kGiven = Tensor::of<float>({2, 3}, {1, 2, 3, 4, 5, 6});

base::Result<TextRun> split(std::string_view arguments, std::vector<tensor::RuntimeValue> inputs,
                            std::string_view port = "") {
    return runText(fmt::format(R"(opset ai.onnx 25
graph main (x: float32[2, 3]{}) -> (y) {{
  y = SplitToSequence({}
}}
)",
                               port, arguments),
                   inputs);
}

TEST(SplitToSequence, CutsIntoPiecesOfOne) {
    const auto kept = split(R"(x) {axis = 1})", {kGiven});
    ASSERT_TRUE(kept) << kept.error().message;
    expectItems(kept->outputs[0], {Tensor::of<float>({2, 1}, {1, 4}), Tensor::of<float>({2, 1}, {2, 5}),
                                   Tensor::of<float>({2, 1}, {3, 6})});
    EXPECT_EQ(ir::toString(kept->types[0]), "sequence(float32[2, 1])");
    const auto dropped = split(R"(x) {axis = -1, keepdims = 0})", {kGiven});
    ASSERT_TRUE(dropped) << dropped.error().message;
    expectItems(dropped->outputs[0], {Tensor::of<float>({2}, {1, 4}), Tensor::of<float>({2}, {2, 5}),
                                      Tensor::of<float>({2}, {3, 6})});
    EXPECT_EQ(ir::toString(dropped->types[0]), "sequence(float32[2])");
}

TEST(SplitToSequence, LetsTheLastPieceBeSmaller) {
    const auto run =
        split("x, n) {axis = 1, keepdims = 0}", {kGiven, Tensor::scalar<int64_t>(2)}, ", n: int64[]");
    ASSERT_TRUE(run) << run.error().message;
    expectItems(run->outputs[0],
                {Tensor::of<float>({2, 2}, {1, 2, 4, 5}), Tensor::of<float>({2, 1}, {3, 6})});
    EXPECT_EQ(ir::toString(run->types[0]), "sequence(float32[2, ?])");
}

TEST(SplitToSequence, TakesSizes) {
    const auto run =
        split("x, n) {axis = 1}", {kGiven, Tensor::of<int32_t>({3}, {1, 0, 2})}, ", n: int32[3]");
    ASSERT_TRUE(run) << run.error().message;
    expectItems(run->outputs[0], {Tensor::of<float>({2, 1}, {1, 4}),
                                  Tensor::zeros(tensor::DataType::float32, tensor::Shape{2, 0}),
                                  Tensor::of<float>({2, 2}, {2, 3, 5, 6})});
}

TEST(SplitToSequence, KnowsTheSizeOfEqualPieces) {
    const auto run = runText(R"(opset ai.onnx 25
graph main (x: float32[4, 2]) -> (a, b) {
  two = constant int64[] {2}
  whole = constant int64[] {7}
  a = SplitToSequence(x, two)
  b = SplitToSequence(x, whole)
}
)",
                             {Tensor::zeros(tensor::DataType::float32, tensor::Shape{4, 2})});
    ASSERT_TRUE(run) << run.error().message;
    EXPECT_EQ(ir::toString(run->types[0]), "sequence(float32[2, 2])");
    EXPECT_EQ(run->outputs[0].sequence()->items.size(), 2u);
    EXPECT_EQ(ir::toString(run->types[1]), "sequence(float32[4, 2])");
    EXPECT_EQ(run->outputs[1].sequence()->items.size(), 1u);
}

void expectSplitRefused(const Tensor& sizes, std::string_view port, std::string_view message) {
    const auto run = split("x, n) \"cut\" {axis = 1}", {kGiven, sizes}, port);
    ASSERT_FALSE(run);
    EXPECT_NE(run.error().message.find(message), std::string::npos) << run.error().message;
}

TEST(SplitToSequence, RefusesSizesThatDoNotFit) {
    expectSplitRefused(Tensor::scalar<int64_t>(0), ", n: int64[]",
                       "SplitToSequence \"cut\": split is 0, expected a positive size");
    expectSplitRefused(Tensor::of<int64_t>({2}, {1, 1}), ", n: int64[2]",
                       "split sizes add up to 2, the axis has 3");
    expectSplitRefused(Tensor::of<int64_t>({2}, {-1, 4}), ", n: int64[2]", "split has the size -1");
    expectSplitRefused(Tensor::of<int64_t>({2}, {3, INT64_MAX}), ", n: int64[2]",
                       "split sizes add up to more than 3");
    expectSplitRefused(Tensor::of<int64_t>({1, 1}, {3}), ", n: int64[1, 1]",
                       "split has 2 dimensions, expected at most 1");
}

TEST(SplitToSequence, RefusesAnAxisOutside) {
    const auto run = split("x) \"cut\" {axis = 2}", {kGiven});
    ASSERT_FALSE(run);
    EXPECT_NE(run.error().message.find("SplitToSequence \"cut\": axis 2 is outside [-2, 2)"),
              std::string::npos)
        << run.error().message;
}

TEST(SplitToSequence, RefusesMorePiecesThanMemory) {
    expectTextRefused(R"(opset ai.onnx 25
graph main (x: float32[M, 0]) -> (y) {
  y = SplitToSequence(x) "cut"
}
)",
                      {Tensor::zeros(tensor::DataType::float32, tensor::Shape{int64_t{1} << 40, 0})},
                      "SplitToSequence \"cut\": 1099511627776 pieces are too many");
}

}  // namespace
}  // namespace lathe::test
