#include <gtest/gtest.h>

#include "tests/support/text_run.h"

namespace lathe::test {
namespace {

using tensor::Tensor;

// Doubles the carried value while it is below 20; the scan output shows it before each step.
constexpr std::string_view kText = R"(opset ai.onnx 25
graph main (m: int64[], c: bool[], x: float32[]) -> (last, seen) {
  last, seen = Loop(m, c, x) "loop" {body = graph (i: int64[], go: bool[], v: float32[]) -> (next_go, next, before) {
    limit = constant float32[] {20}
    next = Add(v, v)
    next_go = Less(next, limit)
    before = Identity(v)
  }}
}
)";

TEST(Loop, EndsWhenTheConditionDoes) {
    const auto run =
        runText(kText, {Tensor::scalar<int64_t>(100), Tensor::scalar(true), Tensor::scalar(3.0f)});
    ASSERT_TRUE(run) << run.error().message;
    EXPECT_EQ(*run->outputs[0].tensor(), Tensor::scalar(24.0f));
    EXPECT_EQ(*run->outputs[1].tensor(), Tensor::of<float>({3}, {3, 6, 12}));
    EXPECT_EQ(run->types[1].rank(), 1);
}

TEST(Loop, EndsAfterTheCount) {
    const auto run = runText(kText, {Tensor::scalar<int64_t>(2), Tensor::scalar(true), Tensor::scalar(1.0f)});
    ASSERT_TRUE(run) << run.error().message;
    EXPECT_EQ(*run->outputs[0].tensor(), Tensor::scalar(4.0f));
    EXPECT_EQ(*run->outputs[1].tensor(), Tensor::of<float>({2}, {1, 2}));
}

TEST(Loop, MayNotRunAtAll) {
    const auto run =
        runText(kText, {Tensor::scalar<int64_t>(5), Tensor::scalar(false), Tensor::scalar(1.0f)});
    ASSERT_TRUE(run) << run.error().message;
    EXPECT_EQ(*run->outputs[0].tensor(), Tensor::scalar(1.0f));
    EXPECT_EQ(run->outputs[1].tensor()->elementCount(), 0);
}

TEST(Loop, RefusesACountOfSeveralElements) {
    const auto run = runText(R"(opset ai.onnx 25
graph main (m: int64[2], x: float32[]) -> (last) {
  last = Loop(m, _, x) "loop" {body = graph (i: int64[], go: bool[], v: float32[]) -> (go, next) {
    next = Add(v, v)
  }}
}
)",
                             {Tensor::of<int64_t>({2}, {1, 2}), Tensor::scalar(1.0f)});
    ASSERT_FALSE(run);
    EXPECT_NE(run.error().message.find("Loop \"loop\": M has 2 elements, expected 1"), std::string::npos)
        << run.error().message;
}

}  // namespace
}  // namespace lathe::test
