#include <gtest/gtest.h>

#include "tests/support/text_run.h"

namespace lathe::test {
namespace {

using tensor::Tensor;

std::string sums(std::string_view attributes, std::string_view type = "float32[3, 2]") {
    return R"(opset ai.onnx 25
graph main (s: float32[2], x: )" +
           std::string(type) + R"() -> (last, sums) {
  last, sums = Scan(s, x) "scan" {body = graph (before: float32[2], row: float32[2]) -> (after, seen) {
    after = Add(before, row)
    seen = Identity(after)
  }, num_scan_inputs = 1)" +
           std::string(attributes) + R"(}
}
)";
}

const Tensor kStart = Tensor::of<float>({2}, {0, 0});
const Tensor kRows = Tensor::of<float>({3, 2}, {1, 2, 3, 4, 5, 6});

TEST(Scan, AddsRowByRow) {
    const auto run = runText(sums(""), {kStart, kRows});
    ASSERT_TRUE(run) << run.error().message;
    EXPECT_EQ(*run->outputs[0].tensor(), Tensor::of<float>({2}, {9, 12}));
    EXPECT_EQ(*run->outputs[1].tensor(), Tensor::of<float>({3, 2}, {1, 2, 4, 6, 9, 12}));
    EXPECT_EQ(ir::toString(run->types[1]), "float32[3, 2]");
}

TEST(Scan, WalksBackwards) {
    const auto run =
        runText(sums(", scan_input_directions = [1], scan_output_directions = [1]"), {kStart, kRows});
    ASSERT_TRUE(run) << run.error().message;
    EXPECT_EQ(*run->outputs[1].tensor(), Tensor::of<float>({3, 2}, {9, 12, 8, 10, 5, 6}));
}

TEST(Scan, WalksAlongOtherAxes) {
    const auto run = runText(sums(", scan_input_axes = [1], scan_output_axes = [-1]", "float32[2, 3]"),
                             {kStart, Tensor::of<float>({2, 3}, {1, 3, 5, 2, 4, 6})});
    ASSERT_TRUE(run) << run.error().message;
    EXPECT_EQ(*run->outputs[1].tensor(), Tensor::of<float>({2, 3}, {1, 4, 9, 2, 6, 12}));
    EXPECT_EQ(ir::toString(run->types[1]), "float32[2, 3]");
}

TEST(Scan, RefusesAnAxisOutside) {
    const auto run = runText(sums(", scan_input_axes = [2]"), {kStart, kRows});
    ASSERT_FALSE(run);
    EXPECT_NE(run.error().message.find("Scan \"scan\": axis 2 is outside [-2, 2) of a tensor of rank 2"),
              std::string::npos)
        << run.error().message;
}

}  // namespace
}  // namespace lathe::test
