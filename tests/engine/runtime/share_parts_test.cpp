// What a Concat of contiguous parts leaves to copy, and what it must copy.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/runtime/session.h"
#include "tests/support/kernel_check.h"
#include "tests/support/plan_pair.h"

namespace lathe::runtime {
namespace {

using tensor::Tensor;
using testing::HasSubstr;

TEST(ShareParts, ConcatOfWhatKernelsMake) {
    const auto pair = test::compareText(R"(graph main (x: float32[4, 16]) -> (y) {
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
    const auto pair = test::compareText(R"(graph main (x: float32[1, 1, 4, 16]) -> (y) {
  a = Tanh(x)
  b = Sigmoid(x)
  c = Concat(a, b) {axis = -2}
  y = Exp(c)
}
)");
    EXPECT_EQ(pair.views, 1u) << pair.text;
    const auto rows = test::compareText(R"(graph main (x: float32[1, 2, 4, 16]) -> (y) {
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
    const auto pair = test::compareText(R"(graph main (x: float32[16], z: float32[5]) -> (y) {
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
    const auto pair = test::compareText(R"(graph main (x: float32[2, 16]) -> (y, z) {
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
    const auto pair = test::compareText(R"(graph main (x: float32[1, 16]) -> (y) {
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
    const auto pair = test::compareText(R"(graph main (x: float32[2, 16]) -> (y) {
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
    const auto pair = test::compareText(R"(graph main (x: float32[2, 16]) -> (y) {
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
    const auto pair = test::compareText(R"(graph main (x: float32[2, 16]) -> (y) {
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
    const auto pair = test::compareText(R"(graph main (x: float32[2, 16]) -> (y) {
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
    const auto pair = test::compareText(R"(graph main (x: float32[2, 16]) -> (y) {
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
    const auto both = test::compareText(R"(graph main (x: float32[2, 16]) -> (b, c) {
  a = Tanh(x)
  b = Sigmoid(x)
  c = Concat(a, b) {axis = 0}
}
)");
    EXPECT_THAT(both.text, HasSubstr("Sigmoid output+128\nview Concat output+0\n")) << both.text;
    const auto part = test::compareText(R"(graph main (x: float32[2, 16]) -> (b, y) {
  a = Tanh(x)
  b = Sigmoid(x)
  c = Concat(a, b) {axis = 0}
  y = ReduceSum(c)
}
)");
    EXPECT_THAT(part.text, HasSubstr("copy_concat Concat arena")) << part.text;
}

// The wide Concat at the end would keep its whole memory alive through the middle, for a small part.
TEST(ShareParts, LongLivedPartsDoNotRaiseTheArena) {
    const auto pair = test::compareText(R"(graph main (x: float32[1, 16]) -> (y) {
  rows = constant int64[2] {32, 16}
  skip = Tanh(x)
  wide = Expand(skip, rows)
  other = Exp(x)
  more = Expand(other, rows)
  product = Mul(wide, more)
  m = ReduceMax(product) {keepdims = 1}
  late = Expand(m, rows)
  sharp = Sigmoid(late)
  c = Concat(skip, sharp) {axis = 0}
  y = ReduceSum(c)
}
)");
    EXPECT_EQ(pair.views, 0u) << pair.text;
    // The large part is made in its place all the same.
    EXPECT_THAT(pair.text, HasSubstr("Sigmoid arena+64\ncopy_concat Concat arena+0\n")) << pair.text;
}

TEST(ShareParts, CapturesSeeThePart) {
    const auto graph = test::graphOf(R"(graph main (x: float32[2, 16]) -> (y) {
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

}  // namespace
}  // namespace lathe::runtime
