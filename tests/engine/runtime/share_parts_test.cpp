// What a Concat, Split or Slice of contiguous parts leaves to copy, and what it must copy.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/ir/text.h"
#include "engine/runtime/session.h"
#include "tests/support/kernel_check.h"
#include "tests/support/plan_pair.h"

namespace lathe::runtime {
namespace {

using tensor::Tensor;
using test::PlanPair;
using testing::HasSubstr;
using testing::Not;

ir::GraphPtr parsed(const std::string& text) {
    auto graph = ir::parseText("opset ai.onnx 18\n" + text);
    EXPECT_TRUE(graph) << (graph ? "" : graph.error().message);
    return graph ? *graph : nullptr;
}

// Inputs are random floats of the declared shapes.
PlanPair compared(const std::string& text, bool fuse = true) {
    const auto graph = parsed(text);
    if (!graph) return {};
    std::vector<tensor::RuntimeValue> inputs;
    for (const auto input : graph->inputs()) {
        const auto shape = ir::concreteShape(*graph->value(input).type().shape);
        inputs.emplace_back(test::randomFloats(*shape, static_cast<unsigned>(inputs.size()) + 1));
    }
    return test::comparePlans(graph, inputs, fuse);
}

TEST(ShareParts, ConcatOfWhatKernelsMake) {
    const auto pair = compared(R"(graph main (x: float32[4, 16]) -> (y) {
  a = Tanh(x)
  b = Sigmoid(x)
  c = Concat(a, b) {axis = 0}
  d = Exp(c)
  y = ReduceSum(d)
}
)");
    EXPECT_EQ(pair.views, 1u) << pair.text;
    EXPECT_THAT(pair.text, HasSubstr("Sigmoid arena+256\nview Concat arena+0\n"));
    EXPECT_EQ(pair.arena, 512u);  // the copy would lie beside its parts
    EXPECT_EQ(pair.copyingArena, 1024u);
}

TEST(ShareParts, AxesBehindOthersOfOneElement) {
    const auto pair = compared(R"(graph main (x: float32[1, 1, 4, 16]) -> (y) {
  a = Tanh(x)
  b = Sigmoid(x)
  c = Concat(a, b) {axis = -2}
  y = Exp(c)
}
)");
    EXPECT_EQ(pair.views, 1u) << pair.text;
    const auto rows = compared(R"(graph main (x: float32[1, 2, 4, 16]) -> (y) {
  a = Tanh(x)
  b = Sigmoid(x)
  c = Concat(a, b) {axis = 2}
  y = Exp(c)
}
)");
    EXPECT_EQ(rows.views, 0u) << rows.text;
}

// Parts that would start between cache lines are copied, the others are not.
TEST(ShareParts, UnalignedPartsAreCopied) {
    const auto pair = compared(R"(graph main (x: float32[16], z: float32[5]) -> (y) {
  a = Tanh(x)
  b = Tanh(z)
  c = Sigmoid(x)
  d = Concat(a, b, c) {axis = 0}
  y = Exp(d)
}
)");
    EXPECT_EQ(pair.views, 0u);
    EXPECT_THAT(pair.text, HasSubstr("Tanh output+64\nunary_sigmoid Sigmoid arena+0\ncopy_concat"))
        << pair.text;
}

TEST(ShareParts, OnePlaceOnly) {
    const auto pair = compared(R"(graph main (x: float32[2, 16]) -> (y, z) {
  a = Tanh(x)
  b = Sigmoid(x)
  twice = Concat(a, a) {axis = 0}
  other = Concat(b, a) {axis = 0}
  y = Exp(twice)
  z = Exp(other)
}
)");
    EXPECT_EQ(pair.views, 1u) << pair.text;  // `other`, which is looked at first
}

TEST(ShareParts, ConstantsAndInputsAreCopied) {
    const auto pair = compared(R"(graph main (x: float32[1, 16]) -> (y) {
  one = constant float32[1, 16] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}
  a = Tanh(x)
  c = Concat(one, x, a) {axis = 0}
  d = Neg(a)
  e = Neg(c)
  y = Concat(d, e) {axis = 0}
}
)");
    EXPECT_THAT(pair.text, HasSubstr("copy_concat Concat")) << pair.text;
    EXPECT_THAT(pair.text, HasSubstr("view Concat output+0")) << pair.text;
}

TEST(ShareParts, ConcatOfConcat) {
    const auto pair = compared(R"(graph main (x: float32[2, 16]) -> (y) {
  a = Tanh(x)
  b = Sigmoid(x)
  ab = Concat(a, b) {axis = 0}
  c = ReduceMax(ab) {keepdims = 1}
  d = Mul(x, c)
  dab = Concat(d, ab) {axis = 0}
  y = Exp(dab)
}
)");
    EXPECT_EQ(pair.views, 2u) << pair.text;
    EXPECT_THAT(pair.text, HasSubstr("view Concat output+128")) << pair.text;
}

// DenseNet: each layer reads all that was made before, put together anew.
TEST(ShareParts, GrowingConcats) {
    const auto pair = compared(R"(graph main (x: float32[2, 16]) -> (y) {
  a = Tanh(x)
  b = Sigmoid(a)
  ab = Concat(a, b) {axis = 0}
  m = ReduceMax(ab) {keepdims = 1}
  c = Mul(x, m)
  abc = Concat(a, b, c) {axis = 0}
  n = ReduceMax(abc) {keepdims = 1}
  d = Mul(x, n)
  abcd = Concat(a, b, c, d) {axis = 0}
  y = ReduceSum(abcd)
}
)");
    EXPECT_EQ(pair.views, 3u) << pair.text;
    EXPECT_LT(pair.arena, pair.copyingArena);
}

// The same with layers that could overwrite what was put together for them alone: they do not, as a copy to
// overwrite would cost more.
TEST(ShareParts, GrowingConcatsAreNotOverwritten) {
    const auto pair = compared(R"(graph main (x: float32[2, 16]) -> (y) {
  a = Tanh(x)
  b = Sigmoid(a)
  ab = Concat(a, b) {axis = 0}
  nab = Neg(ab)
  m = ReduceMax(nab) {keepdims = 1}
  c = Mul(x, m)
  abc = Concat(a, b, c) {axis = 0}
  nabc = Neg(abc)
  y = ReduceSum(nabc)
}
)");
    EXPECT_EQ(pair.views, 2u) << pair.text;
}

// The first half of `c` is overwritten in place while `a` itself is read once more.
TEST(ShareParts, NothingThatIsStillReadIsOverwritten) {
    const auto pair = compared(R"(graph main (x: float32[2, 16]) -> (y) {
  a = Tanh(x)
  b = Sigmoid(x)
  c = Concat(a, b) {axis = 0}
  d = Neg(c)
  e = Concat(a, a) {axis = 0}
  f = Mul(d, e)
  y = ReduceSum(f) {keepdims = 1}
}
)");
    EXPECT_THAT(pair.text, HasSubstr("copy_concat")) << pair.text;
}

TEST(ShareParts, ResultsInPlaceArePartsToo) {
    const auto pair = compared(R"(graph main (x: float32[2, 16]) -> (y) {
  shape = constant int64[2] {2, 16}
  a = Tanh(x)
  b = Neg(a)
  s = Sigmoid(x)
  t = Reshape(s, shape)
  c = Concat(b, t) {axis = 0}
  d = Exp(c)
  y = Neg(d)
}
)");
    EXPECT_EQ(pair.views, 1u) << pair.text;
    EXPECT_THAT(pair.text, HasSubstr("Neg output+0\n")) << pair.text;
}

TEST(ShareParts, OutputsShareWithOutputsOnly) {
    const auto both = compared(R"(graph main (x: float32[2, 16]) -> (b, c) {
  a = Tanh(x)
  b = Sigmoid(x)
  c = Concat(a, b) {axis = 0}
}
)");
    EXPECT_THAT(both.text, HasSubstr("Sigmoid output+128\nview Concat output+0\n")) << both.text;
    const auto part = compared(R"(graph main (x: float32[2, 16]) -> (b, y) {
  a = Tanh(x)
  b = Sigmoid(x)
  c = Concat(a, b) {axis = 0}
  y = ReduceSum(c)
}
)");
    EXPECT_THAT(part.text, HasSubstr("copy_concat Concat arena")) << part.text;
}

TEST(ShareParts, SplitAndSliceStayWhereTheyAre) {
    const auto pair = compared(R"(graph main (x: float32[6, 16]) -> (y) {
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
    const auto pair = compared(R"(graph main (x: float32[4, 16]) -> (y, z) {
  a, b = Split(x) {axis = 0, num_outputs = 2}
  c = Neg(a)
  y = ReduceSum(c)
  d = Tanh(b)
  e = Add(d, b)
  z = ReduceSum(e)
}
)");
    EXPECT_THAT(pair.text, HasSubstr("view Split input+0 input+128")) << pair.text;
    const auto gathered = compared(R"(graph main (x: float32[3, 4, 16]) -> (y) {
  last = constant int64[] {-1}
  a = Gather(x, last) {axis = 0}
  y = ReduceSum(a)
}
)");
    EXPECT_THAT(gathered.text, HasSubstr("view Gather input+512")) << gathered.text;
}

// Halves that come back: what the last Concat joins are the parts of the Split as they lie.
TEST(ShareParts, SplitJoinedAgain) {
    const auto pair = compared(R"(graph main (x: float32[4, 16]) -> (y) {
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

// The wide Concat at the end would keep its whole memory alive through the middle.
TEST(ShareParts, LongLivedPartsDoNotRaiseTheArena) {
    const auto pair = compared(R"(graph main (x: float32[4, 16]) -> (y) {
  skip = Tanh(x)
  up = constant int64[2] {64, 16}
  eight = constant int64[2] {8, 1}
  wide = Tile(skip, eight)
  w1 = Exp(wide)
  w2 = Mul(wide, w1)
  w3 = Add(w1, w2)
  w4 = Mul(w3, w2)
  n = ReduceMax(w4) {keepdims = 1}
  big = Expand(n, up)
  b2 = Neg(big)
  c = Concat(skip, b2) {axis = 0}
  y = ReduceSum(c)
}
)");
    EXPECT_LE(pair.arena, pair.copyingArena + pair.copyingArena / 20) << pair.text;
}

TEST(ShareParts, WithinBranches) {
    const auto graph = parsed(R"(graph main (x: float32[2, 16], square: float32[16, 16], c: bool[]) -> (y) {
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

TEST(ShareParts, CapturesSeeThePart) {
    const auto graph = parsed(R"(graph main (x: float32[2, 16]) -> (y) {
  a = Tanh(x)
  b = Neg(a)
  c = Concat(a, b) {axis = 0}
  y = Exp(c)
}
)");
    ASSERT_NE(graph, nullptr);
    auto session = open(graph, {.threads = 1});
    ASSERT_TRUE(session) << session.error().message;
    const auto x = test::randomFloats({2, 16}, 1);
    const std::vector<ir::ValueId> wanted = {graph->findValue("b"), graph->findValue("c")};
    std::vector<Tensor> seen;
    std::vector<NodeTime> times;
    RunOptions options;
    options.capture = wanted;
    options.nodeTimes = &times;
    options.onCapture = [&](ir::ValueId, const Tensor& tensor) {
        auto copy = Tensor::zeros(tensor.type(), tensor.shape());
        std::copy(tensor.bytes().begin(), tensor.bytes().end(), copy.mutableBytes().begin());
        seen.push_back(std::move(copy));
    };
    const auto run = (*session)->run(std::vector<tensor::RuntimeValue>{x}, options);
    ASSERT_TRUE(run) << run.error().message;
    EXPECT_EQ(times.size(), 4u);
    ASSERT_EQ(seen.size(), 2u);
    ASSERT_EQ(seen[0].elementCount(), 32);
    ASSERT_EQ(seen[1].elementCount(), 64);
    for (int64_t i = 0; i < 32; ++i) {
        EXPECT_EQ(seen[1].realAt(32 + i), seen[0].realAt(i));
        EXPECT_EQ(seen[1].realAt(i), -seen[0].realAt(i));
    }
}

// An op without a kernel makes its result anew in each run.
TEST(ShareParts, PartsOfPlainResults) {
    const auto pair = compared(R"(graph main (x: float32[4, 16]) -> (y) {
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
