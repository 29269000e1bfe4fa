#include "engine/ir/binary.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/ir/editor.h"
#include "engine/ir/text.h"

namespace lathe::ir {
namespace {

using testing::HasSubstr;

constexpr std::string_view kModel = R"(opset ai.onnx 21
function f.Twice<o>(a) -> (y) attributes {required, bias = 0.5} opsets {ai.onnx = 21} {
  y = Mul(a, a) {alpha = @required 1}
}
graph "my model" (x: float32[N, 3*N + 1, "a b"], k: int64[] = int64[] {1}) -> (y) {
  w = constant float32[2, 2] {1, -0.5, nan, 1e-05}
  t = constant string[2] {"a", "\x01"}
  i4 = constant int4[3] {-8, 7, 0}
  h: float32[N, 3*N + 1, "a b"] = Relu(x) "node name"
  p, _, q = com.microsoft.Split(h, _, w) {a = [1, 2], b = [1.0, nan], c = ["x", ""], d = ints [], f = 1.5, i = -7, s = "x"}
  y = If(k) {else_branch = graph else () -> (v) {
    w = constant float32[] {2}
    v = Neg(w)
  }, t = tensor int32[1] {5}, ts = [tensor int32[1] {5}], type = type optional(float32[...]), z = sparse [3, 4] (tensor float32[1] {1}, tensor int64[1] {11})}
}
)";

GraphPtr model() {
    auto graph = parseText(kModel);
    EXPECT_TRUE(graph) << graph.error().message;
    // With a removed node, a removed body, origins and texts.
    Editor editor(*graph);
    const auto body = editor.addSubgraph("gone");
    const auto inner = editor.add({.op = "Abs", .inputs = {editor.graph().inputs()[0]}, .subgraph = body});
    editor.setGraphOutputs(body, {inner});
    const auto gone = editor.addNode(
        {.op = "If", .inputs = {editor.graph().inputs()[1]}, .attributes = {{"then_branch", body}}});
    editor.removeNode(gone);
    const auto relu = editor.graph().findNode("node name");
    editor.setOrigins(relu, {{7}, {9}});
    editor.setDoc(relu, "why");
    editor.setProperties(relu, {{"part", "3"}});
    editor.setProperties(editor.graph().inputs()[0], {{"unit", "metre"}});
    editor.setProperties(kMain, {{"scope", "all"}});
    editor.info().producerName = "a tool";
    editor.info().properties = {{"key", "value"}};
    editor.info().dataPaths = {"weights.bin"};
    return editor.finish();
}

std::span<const std::byte> bytesOf(const std::string& text) { return std::as_bytes(std::span(text)); }

TEST(Binary, ReadsWhatItWrote) {
    const auto before = model();
    const auto bytes = writeBinary(*before);
    const auto after = readBinary(bytesOf(bytes));
    ASSERT_TRUE(after) << after.error().message;
    const auto& graph = **after;
    EXPECT_EQ(printText(graph), printText(*before));
    EXPECT_EQ(writeBinary(graph), bytes);
    EXPECT_EQ(graph.nodeLimit(), before->nodeLimit());
    EXPECT_EQ(graph.valueLimit(), before->valueLimit());
    const auto relu = graph.findNode("node name");
    EXPECT_EQ(relu, before->findNode("node name"));
    EXPECT_EQ(graph.node(relu).origins(), (NodeList{{7}, {9}}));
    EXPECT_EQ(*graph.nodeData(relu).doc, "why");
    EXPECT_EQ(graph.info().producerName, "a tool");
    EXPECT_EQ(graph.info().properties.size(), 1u);
    EXPECT_EQ(graph.info().dataPaths, std::vector<std::string>{"weights.bin"});
    EXPECT_EQ(*graph.nodeData(relu).properties, (Properties{{"part", "3"}}));
    EXPECT_EQ(*graph.valueData(graph.inputs()[0]).properties, (Properties{{"unit", "metre"}}));
    EXPECT_EQ(graph.subgraph(kMain).properties, (Properties{{"scope", "all"}}));
    EXPECT_FALSE(graph.contains(NodeId{graph.nodeLimit() - 1}));
}

TEST(Binary, KeepsLargeTensorsElsewhere) {
    const auto before = model();
    std::map<std::string, tensor::Tensor, std::less<>> kept;
    BinaryOptions options;
    options.largestInline = 4;
    options.keep = [&](const tensor::Tensor& tensor) {
        auto key = fmt::format("key {}", kept.size());
        kept.emplace(key, tensor);
        return key;
    };
    const auto bytes = writeBinary(*before, options);
    EXPECT_EQ(kept.size(), 3u);  // w, the input's default and the sparse index
    const auto find = [&](std::string_view key, tensor::DataType,
                          tensor::Dimensions) -> base::Result<tensor::Tensor> {
        const auto it = kept.find(key);
        if (it == kept.end()) return base::Error{"no such tensor"};
        return it->second;
    };
    const auto after = readBinary(bytesOf(bytes), find);
    ASSERT_TRUE(after) << after.error().message;
    EXPECT_EQ(printText(**after), printText(*before));
    EXPECT_THAT(readBinary(bytesOf(bytes)).error().message, HasSubstr("lies elsewhere"));
    kept.begin()->second = tensor::Tensor::scalar(1.0f);
    EXPECT_THAT(readBinary(bytesOf(bytes), find).error().message, HasSubstr("expected"));
}

TEST(Binary, NamesTheOffsetAndTheField) {
    EXPECT_EQ(readBinary({}).error().message, "Saved graph, offset 0: this is no saved graph.");
    auto bytes = writeBinary(*model());
    bytes[8] = 9;
    EXPECT_EQ(readBinary(bytesOf(bytes)).error().message,
              "Saved graph, offset 12: form 9 is not known here; this program reads form 2.");
}

TEST(Binary, RefusesEveryPrefix) {
    const auto bytes = writeBinary(*model());
    for (size_t i = 0; i < bytes.size(); ++i)
        EXPECT_FALSE(readBinary(bytesOf(bytes).first(i))) << "prefix of " << i << " bytes";
}

TEST(Binary, SurvivesEveryChangedByte) {
    const auto bytes = writeBinary(*model());
    size_t refused = 0;
    for (size_t i = 0; i < bytes.size(); ++i)
        for (const char c : {'\0', '\1', '\x7f', '\xff'}) {
            auto changed = bytes;
            changed[i] = c;
            const auto graph = readBinary(bytesOf(changed));
            refused += !graph;
            if (graph) (void)printText(**graph);
        }
    EXPECT_GT(refused, bytes.size());
}

}  // namespace
}  // namespace lathe::ir
