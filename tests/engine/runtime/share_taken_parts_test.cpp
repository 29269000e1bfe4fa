// Parts that a Split, Slice or Gather takes out of a whole stay where they are, in whatever memory that is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/kernel_check.h"
#include "tests/support/plan_pair.h"

namespace lathe::runtime {
namespace {

using tensor::Tensor;
using testing::HasSubstr;

TEST(ShareParts, SplitAndSliceStayWhereTheyAre) {
    const auto pair = test::compareText(R"(graph main (x: float32[6, 16]) -> (y) {
  sizes = constant int64[2] {2, 4}
  from = constant int64[1] {1}
  to = constant int64[1] {3}
  axis = constant int64[1] {0}
  t = Tanh(x)
  a, b = Split(t, sizes) {axis = 0}
  c = Slice(b, from, to, axis)
  d = Neg(c)
  e = Add(a, d)
  y = ReduceSum(e)
}
)");
    EXPECT_EQ(pair.views, 2u) << pair.text;
    EXPECT_THAT(pair.text, HasSubstr("view Split arena+0 arena+128\nview Slice arena+192\n")) << pair.text;
}

// Kernels that work in place must not do so in what the caller gave.
TEST(ShareParts, PartsOfInputsAreOnlyRead) {
    const auto pair = test::compareText(R"(graph main (x: float32[4, 16]) -> (y, z) {
  a, b = Split(x) {axis = 0, num_outputs = 2}
  c = Neg(a)
  y = ReduceSum(c)
  d = Tanh(b)
  e = Add(d, b)
  z = ReduceSum(e)
}
)");
    EXPECT_THAT(pair.text, HasSubstr("view Split input+0 input+128")) << pair.text;
    const auto gathered = test::compareText(R"(graph main (x: float32[3, 4, 16]) -> (y) {
  last = constant int64[] {-1}
  a = Gather(x, last) {axis = 0}
  y = ReduceSum(a)
}
)");
    EXPECT_THAT(gathered.text, HasSubstr("view Gather input+512")) << gathered.text;
}

// Halves that come back: what the last Concat joins are the parts of the Split as they lie.
TEST(ShareParts, SplitJoinedAgain) {
    const auto pair = test::compareText(R"(graph main (x: float32[4, 16]) -> (y) {
  t = Tanh(x)
  a, b = Split(t) {axis = 0, num_outputs = 2}
  m = Exp(b)
  n = Sigmoid(m)
  c = Concat(a, b, m, n) {axis = 0}
  y = ReduceSum(c)
}
)");
    EXPECT_EQ(pair.views, 2u) << pair.text;
    EXPECT_LT(pair.arena, pair.copyingArena);
}

TEST(ShareParts, WithinBranches) {
    const auto graph =
        test::graphOf(R"(graph main (x: float32[2, 16], square: float32[16, 16], c: bool[]) -> (y) {
  a = Tanh(x)
  b = Sigmoid(x)
  both = Concat(a, b) {axis = 0}
  s = If(c) {then_branch = graph () -> (t) {
    u = Exp(b)
    v = Neg(u)
    t = Concat(v, both) {axis = 0}
  }, else_branch = graph () -> (e) {
    p, q = Split(both) {axis = 0, num_outputs = 2}
    r = MatMul(p, square)
    s2 = MatMul(q, square)
    e = Concat(r, s2, r) {axis = 0}
  }}
  y = Exp(s)
}
)");
    ASSERT_NE(graph, nullptr);
    for (const bool condition : {true, false}) {
        const auto pair = test::comparePlans(
            graph,
            {test::randomFloats({2, 16}, 1), test::randomFloats({16, 16}, 2), Tensor::scalar(condition)});
        EXPECT_THAT(pair.text, HasSubstr("arena+128\nview Concat arena+0")) << pair.text;
        EXPECT_THAT(pair.text, HasSubstr("view Split input+0 input+128")) << pair.text;
    }
}

// An op without a kernel makes its result anew in each run.
TEST(ShareParts, PartsOfPlainResults) {
    const auto pair = test::compareText(R"(graph main (x: float32[4, 16]) -> (y) {
  h = Hardmax(x)
  a, b = Split(h) {axis = 0, num_outputs = 2}
  c = Add(a, b)
  y = Mul(c, a)
}
)");
    EXPECT_THAT(pair.text, HasSubstr("view Split held+0 held+128")) << pair.text;
}

}  // namespace
}  // namespace lathe::runtime
