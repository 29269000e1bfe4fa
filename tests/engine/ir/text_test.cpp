#include "engine/ir/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "engine/ir/editor.h"
#include "engine/ir/text_tensor.h"

namespace lathe::ir {
namespace {

using testing::HasSubstr;

// Everything the form can say, in its normal form.
constexpr std::string_view kAll = R"(opset ai.onnx 21
opset com.microsoft 1
function f.Twice(a, b) -> (y) attributes {required, bias = 0.5} opsets {ai.onnx = 21} {
  t = Mul(a, a) {alpha = @required 1}
  y = Add(t, b)
}
function f.Twice<other>(a) -> (a) {
}
graph "my model" (x: float32[N, 3*N + 1, "a b"], k: int64[] = int64[] {1}, s: sequence(float32[?])) -> (y, "odd name") {
  w = constant float32[2, 2] {1, -0.5, nan, 1e-05}
  h0 = constant float16[2] {inf, -inf}
  b = constant bool[2] {true, false}
  u = constant uint64[1] {18446744073709551615}
  t = constant string[2] {"a \"quoted\"\n", "\x01"}
  i4 = constant int4[3] {-8, 7, 0}
  f8 = constant float8e4m3fn[2] {56, 255}
  c = constant complex64[1] {1, -2}
  e = constant float32[0, 3] {}
  h: float32[N, 3*N + 1, "a b"] = Relu(x) "node name"
  p: float32[2], _, q = com.microsoft.Split(h, _, w) {axis = -1, mode = "x", scale = 1.0}
  "odd name" = org."odd.op"<o>(/layer.0/onnx::Conv_1) {a = [1, 2], b = [1.0, nan], c = ["x", ""], d = ints [], e = floats [], f = texts [], g = tensors []}
  Print(p)
  y = If(b) {else_branch = graph else (z) -> (h) {
  }, list = [graph () -> (v) {
    w = constant float32[] {2}
    v = Neg(w)
  }], t = tensor int32[1] {5}, ts = [tensor int32[1] {5}], type = type optional(float32[...]), types = [type int64[]], z = sparse [3, 4] (tensor float32[1] {1}, tensor int64[1] {11})}
}
)";

std::string withInput() {
    std::string text(kAll);
    text.replace(text.find("s: sequence"), 0, "/layer.0/onnx::Conv_1, ");
    return text;
}

TEST(Text, PrintsWhatItParsed) {
    const auto text = withInput();
    const auto graph = parseText(text);
    ASSERT_TRUE(graph) << graph.error().message;
    EXPECT_EQ(printText(**graph), text);
}

TEST(Text, NormalisesSpacingCommentsAndOrderOfConstants) {
    const auto graph =
        parseText("graph(x)->(y){# comment\n a=Relu(x)\n\n c = constant float32[1]{3}  y=Add(a,c){}}");
    ASSERT_TRUE(graph) << graph.error().message;
    EXPECT_EQ(printText(**graph), R"(graph (x) -> (y) {
  c = constant float32[1] {3}
  a = Relu(x)
  y = Add(a, c)
}
)");
}

TEST(Text, FillsAndDrawsTensors) {
    const auto graph = parseText(
        "graph () -> (a, b, c) { a = constant float32[2] fill 0.5\n b = constant float32[2] random 7\n"
        "c = constant float32[2] random 7 }");
    ASSERT_TRUE(graph) << graph.error().message;
    const auto tensor = [&](size_t i) { return *(*graph)->value((*graph)->outputs()[i]).constant(); };
    EXPECT_EQ(tensor(0), tensor::Tensor::of<float>({2}, {0.5f, 0.5f}));
    EXPECT_EQ(tensor(1), tensor(2));
    EXPECT_NE(tensor(1).values<float>()[0], tensor(1).values<float>()[1]);
}

TEST(Text, RefersToLargeTensorsByHash) {
    Editor editor;
    const auto large = tensor::Tensor::zeros(tensor::DataType::float32, std::vector<int64_t>{10, 10});
    const auto c = editor.addConstant(large, "c");
    editor.setGraphOutputs(kMain, {c});
    const auto graph = editor.finish();
    const auto text = printText(*graph);
    EXPECT_THAT(text, HasSubstr("c = constant float32[10, 10] sha256:" + contentHash(large)));
    EXPECT_THAT(parseText(text).error().message, HasSubstr("not in the text"));
    const auto again = parseText(text, [&](std::string_view) { return std::optional(large); });
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(printText(**again), text);
    EXPECT_THAT(printText(*graph, {.largestTensor = 100}), HasSubstr("{0, 0, "));
}

TEST(Text, KeepsEveryFloat) {
    for (const float value :
         {0.1f, 1.0f / 3, std::numeric_limits<float>::min(), std::numeric_limits<float>::max(),
          std::numeric_limits<float>::denorm_min(), 16777217.0f, -0.0f}) {
        Editor editor;
        const auto x = editor.addInput("x", {});
        editor.addNode({.op = "Op", .inputs = {x}, .attributes = {{"v", value}}});
        const auto again = parseText(printText(*editor.finish()));
        ASSERT_TRUE(again) << again.error().message;
        const auto* read = std::get_if<float>((*again)->node({0}).attributes().find("v"));
        ASSERT_NE(read, nullptr);
        EXPECT_EQ(std::bit_cast<uint32_t>(*read), std::bit_cast<uint32_t>(value));
    }
}

TEST(Text, PrintsOneNode) {
    const auto graph = parseText("graph (x) -> (y) { y: float32[2] = Relu(x) \"r\" {a = 1} }");
    ASSERT_TRUE(graph);
    EXPECT_EQ(printNode(**graph, {0}), "y: float32[2] = Relu(x) \"r\" {a = 1}");
    EXPECT_EQ(printNode(**graph, {0}, {.types = false}), "y = Relu(x) \"r\" {a = 1}");
}

std::string message(std::string_view text) {
    const auto graph = parseText(text);
    return graph ? "good" : graph.error().message;
}

TEST(Text, SaysLineAndColumnOfAnError) {
    EXPECT_EQ(message("graph (x) -> (y) {\n  y = Relu(z)\n}"), "line 2, column 12: there is no value z");
    EXPECT_EQ(message("graph (x) -> (y) {\n}"), "line 1, column 15: there is no value y");
    EXPECT_EQ(message("graph (x) -> (x) {\n  x = Relu(x)\n}"), "line 2, column 3: x is defined already");
    EXPECT_EQ(message("graph (x: floot[2]) -> (x) {}"),
              "line 1, column 11: expected a type such as float32[N, 3]");
    EXPECT_EQ(message("graph (x) -> (x) { a = Op(x) {k = [1, 2.5]} }"),
              "line 1, column 39: all items of a list have one kind");
    EXPECT_EQ(message("graph () -> (a) { a = constant int8[2] {1, 300} }"),
              "line 1, column 47: element 1: \"300\" is not a int8");
    EXPECT_EQ(message("graph () -> (a) { a = constant int8[3] {1, 3} }"),
              "line 1, column 45: expected 3 numbers, got 2");
    EXPECT_EQ(message("graph (x) -> (x) { a = Op(x) \"open }"), "line 1, column 30: the quote is not closed");
    EXPECT_EQ(message(""), "line 1, column 1: expected opset, function or graph");
}

TEST(Text, RefusesShapesLargerThanTheText) {
    EXPECT_THAT(message("graph () -> (a) { a = constant int8[9000000000] {1} }"),
                HasSubstr("larger than its numbers"));
    EXPECT_THAT(message("graph () -> (a) { a = constant float64[9000000000] fill 1 }"),
                HasSubstr("larger than its numbers"));
    EXPECT_THAT(message("graph () -> (a) { a = constant float64[9000000000000, 9000000000000] fill 1 }"),
                HasSubstr("too large"));
}

TEST(Text, RefusesBodiesWithoutEnd) {
    std::string text = "graph () -> () {";
    for (int i = 0; i < 100; ++i) text += "If() {b = graph () -> () {";
    EXPECT_THAT(message(text), HasSubstr("nested deeper than 64"));
}

TEST(Text, SurvivesEveryPrefixAndEveryChangedByte) {
    const auto text = withInput();
    for (size_t i = 0; i < text.size(); ++i) (void)parseText(std::string_view(text).substr(0, i));
    for (size_t i = 0; i < text.size(); ++i)
        for (const char c : {'(', '"', '}', '\0', '9', '['}) {
            auto changed = text;
            changed[i] = c;
            const auto graph = parseText(changed);
            if (!graph) continue;
            EXPECT_FALSE(printText(**graph).empty());
        }
}

}  // namespace
}  // namespace lathe::ir
