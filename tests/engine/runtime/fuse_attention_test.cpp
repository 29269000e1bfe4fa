// Attention written out in the ways exporters do, and what only looks like it.
#include <gtest/gtest.h>

#include "engine/ir/text.h"
#include "engine/ops/interpreter.h"
#include "engine/runtime/session.h"
#include "tests/support/compare.h"
#include "tests/support/plan_text.h"

namespace lathe::runtime {
namespace {

struct Case {
    std::string_view name, inputs, outputs, body;
    bool fused = true;
    std::string_view absent = "";  // must not be in the plan
};

void check(const Case& c) {
    const std::string text = "opset ai.onnx 25\ngraph main (" + std::string(c.inputs) + ") -> (" +
                             std::string(c.outputs) + ") {\n" + std::string(c.body) + "}\n";
    const auto graph = ir::parseText(text);
    ASSERT_TRUE(graph) << c.name << ": " << graph.error().message;
    const auto inputs = *randomInputs(**graph, 5);
    const auto wanted = ops::interpret(**graph, inputs);
    ASSERT_TRUE(wanted) << c.name << ": " << wanted.error().message;
    for (const int threads : {1, 3}) {
        auto session = open(*graph, {.threads = threads});
        ASSERT_TRUE(session) << c.name << ": " << session.error().message;
        for (int run = 0; run < 2; ++run) {
            const auto outputs = (*session)->run(inputs);
            ASSERT_TRUE(outputs) << c.name << ": " << outputs.error().message;
            test::expectClose(*outputs, *wanted, 1e-5, std::string(c.name));
        }
        const auto plan = test::planText(**session);
        EXPECT_EQ(plan.find("attention_blocked") != std::string::npos, c.fused) << c.name << "\n" << plan;
        if (!c.absent.empty()) {
            EXPECT_EQ(plan.find(c.absent), std::string::npos) << c.name << "\n" << plan;
        }
    }
}

constexpr std::string_view kQkv = "q: float32[2, 37, 24], k: float32[2, 45, 24], v: float32[2, 45, 40]";

// BERT: heads from reshaped projections, the scale behind the product, a mask of one row for all queries.
TEST(FuseAttention, HeadsByReshapeAndTranspose) {
    constexpr std::string_view kSplit = R"(
  eight = constant int64[4] {0, 0, 4, -1}
  a = Reshape(q, eight)
  b = Reshape(k, eight)
  c = Reshape(v, eight)
  qh = Transpose(a) {perm = [0, 2, 1, 3]}
  kh = Transpose(b) {perm = [0, 2, 3, 1]}
  vh = Transpose(c) {perm = [0, 2, 1, 3]}
  d = constant float32[] {2.5}
)";
    constexpr std::string_view kJoin = R"(
  w = Softmax(s)
  o = MatMul(w, vh)
  t = Transpose(o) {perm = [0, 2, 1, 3]}
  flat = constant int64[3] {0, 0, -1}
  y = Reshape(t, flat)
)";
    const auto body = [&](std::string_view middle) {
        return std::string(kSplit) + std::string(middle) + std::string(kJoin);
    };
    check({"scaled behind", kQkv, "y", body("p = MatMul(qh, kh)\n s = Div(p, d)\n"), true, "copy_transpose"});
    check({"scaled before", kQkv, "y", body("z = Mul(qh, d)\n s = MatMul(z, kh)\n"), true, "binary"});
    const std::string masked = std::string(kQkv) + ", m: float32[2, 1, 1, 45]";
    check({"masked", masked, "y", body("p = MatMul(qh, kh)\n z = Div(p, d)\n s = Add(m, z)\n"), true,
           "binary"});
    const std::string full = std::string(kQkv) + ", m: float32[37, 45]";
    check({"a mask for each query", full, "y", body("p = MatMul(qh, kh)\n s = Add(p, m)\n"), true, "binary"});
    check({"the mask is scaled", full, "y", body("p = MatMul(qh, kh)\n z = Add(p, m)\n s = Div(z, d)\n"),
           false});
    check({"weights read elsewhere", kQkv, "y, w", body("s = MatMul(qh, kh)\n"), false});
    check({"scores read elsewhere", kQkv, "y, s", body("s = MatMul(qh, kh)\n"), false});
    check({"keys read elsewhere", kQkv, "y, kh", body("s = MatMul(qh, kh)\n"), true});
    check({"another function", kQkv, "y", body("p = MatMul(qh, kh)\n s = Tanh(p)\n"), false});
}

// ViT: one projection for all three, sliced; heads and batch are one axis.
TEST(FuseAttention, SlicesOfOneProjection) {
    check({"slices", "x: float32[50, 1, 48]", "y", R"(
  axis = constant int64[1] {-1}
  c0 = constant int64[1] {0}
  c1 = constant int64[1] {16}
  c2 = constant int64[1] {32}
  c3 = constant int64[1] {48}
  q = Slice(x, c0, c1, axis)
  k = Slice(x, c1, c2, axis)
  v = Slice(x, c2, c3, axis)
  heads = constant int64[3] {50, 2, 8}
  a = Reshape(q, heads)
  b = Reshape(k, heads)
  c = Reshape(v, heads)
  qh = Transpose(a) {perm = [1, 0, 2]}
  vh = Transpose(c) {perm = [1, 0, 2]}
  d = constant float32[] {2.8}
  z = Div(qh, d)
  kh = Transpose(b) {perm = [1, 2, 0]}
  s = MatMul(z, kh)
  w = Softmax(s)
  o = MatMul(w, vh)
  t = Transpose(o) {perm = [1, 0, 2]}
  flat = constant int64[2] {50, 16}
  y = Reshape(t, flat)
)",
           true, "copy_"});
    check({"split and gathered", "x: float32[2, 50, 48]", "y", R"(
  heads = constant int64[5] {2, 50, 3, 2, 8}
  r = Reshape(x, heads)
  t = Transpose(r) {perm = [2, 0, 3, 1, 4]}
  zero = constant int64[] {0}
  one = constant int64[] {1}
  two = constant int64[] {2}
  q = Gather(t, zero)
  k = Gather(t, one)
  v = Gather(t, two)
  kh = Transpose(k) {perm = [0, 1, 3, 2]}
  s = MatMul(q, kh)
  w = Softmax(s)
  y = MatMul(w, v)
)",
           true, "copy_"});
}

// More keys than one block, and rows that a mask takes away whole blocks from.
TEST(FuseAttention, ManyKeys) {
    check({"long", "q: float32[3, 70, 16], k: float32[3, 600, 16], v: float32[3, 600, 33], m: float32[600]",
           "y", R"(
  kh = Transpose(k) {perm = [0, 2, 1]}
  p = MatMul(q, kh)
  big = constant float32[] {1000}
  huge = Mul(m, big)
  s = Add(p, huge)
  w = Softmax(s)
  y = MatMul(w, v)
)"});
    check({"masked blocks", "q: float32[3, 20, 16], k: float32[3, 600, 16], v: float32[3, 600, 8]", "y", R"(
  kh = Transpose(k) {perm = [0, 2, 1]}
  p = MatMul(q, kh)
  n = constant int64[1] {500}
  rest = constant int64[1] {100}
  none = ConstantOfShape(n) {value = tensor float32[1] {-inf}}
  some = ConstantOfShape(rest) {value = tensor float32[1] {0.5}}
  m = Concat(none, some) {axis = 0}
  s = Add(p, m)
  w = Softmax(s)
  y = MatMul(w, v)
)"});
    check({"no heads", "q: float32[7, 16], k: float32[9, 16], v: float32[9, 8]", "y", R"(
  kh = Transpose(k)
  s = MatMul(q, kh)
  w = Softmax(s)
  y = MatMul(w, v)
)"});
    check({"shared keys", "q: float32[2, 3, 7, 16], k: float32[2, 1, 9, 16], v: float32[2, 1, 9, 8]", "y", R"(
  kh = Transpose(k) {perm = [0, 1, 3, 2]}
  s = MatMul(q, kh)
  w = Softmax(s)
  y = MatMul(w, v)
)"});
}

}  // namespace
}  // namespace lathe::runtime
