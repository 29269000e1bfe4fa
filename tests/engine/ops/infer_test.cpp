#include "engine/ops/infer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/log.h"

namespace lathe::ops {
namespace {

using ir::Dim;
using ir::Editor;
using ir::NodeId;
using ir::ValueId;
using ir::ValueType;
using tensor::DataType;
using testing::HasSubstr;

ValueType type(std::string_view text) {
    auto result = ir::parseType(text);
    EXPECT_TRUE(result) << text;
    return *result;
}

// x -> Relu -> y, y recorded as given.
struct OneRelu {
    Editor editor;
    ValueId x, y;
    NodeId relu;
    OneRelu(std::string_view xType, std::string_view yType) {
        x = editor.addInput("x", type(xType));
        relu = editor.addNode({.op = "Relu", .inputs = {x}, .name = "r"});
        y = editor.graph().node(relu).output();
        editor.setName(y, "y");
        if (!yType.empty()) editor.setType(y, type(yType));
        editor.setGraphOutputs(ir::kMain, {y});
    }
    std::string inferredY(const InferOptions& options = {}) {
        const auto status = inferTypes(editor, options);
        return status ? ir::toString(editor.graph().value(y).type()) : status.error().message;
    }
};

TEST(Infer, PassesNamesThrough) {
    EXPECT_EQ(OneRelu("float32[N, 3, H]", "").inferredY(), "float32[N, 3, H]");
}

TEST(Infer, BindsNamesOfInputsAndOfRecordedTypes) {
    OneRelu graph("float32[N, 3]", "float32[N, 3]");
    EXPECT_EQ(graph.inferredY({.bindings = {{"N", 8}}}), "float32[8, 3]");
    EXPECT_EQ(ir::toString(graph.editor.graph().value(graph.x).type()), "float32[8, 3]");
}

TEST(Infer, ReplacesInputTypesOnRequest) {
    OneRelu graph("float32[N, 3]", "");
    EXPECT_EQ(graph.inferredY({.inputs = {{graph.x, type("float16[2, 2]")}}}), "float16[2, 2]");
}

TEST(Infer, NamesUnknownDimensionsOfInputs) {
    EXPECT_EQ(OneRelu("float32[?, 3]", "").inferredY(), "float32[x_dim0, 3]");
}

TEST(Infer, LetsTheRuleWinAgainstTheFileWithAWarning) {
    std::string logged;
    auto before = base::setLogReceiver([&](std::string_view text) { logged += text; });
    EXPECT_EQ(OneRelu("float32[2, 3]", "float32[2, 4]").inferredY(), "float32[2, 3]");
    base::setLogReceiver(std::move(before));
    EXPECT_THAT(logged, HasSubstr("y: the file says float32[2, 4], the inputs give float32[2, 3]"));
}

TEST(Infer, TakesTheFilesWordWhereTheInputsAreUnknown) {
    EXPECT_EQ(OneRelu("float32[...]", "float32[2, 4]").inferredY(), "float32[2, 4]");
    EXPECT_EQ(OneRelu("float32[...]", "float32[2, 4]").inferredY({.discardRecorded = true}), "float32[...]");
}

TEST(Infer, NamesTheNodeAndTheTypeItRefuses) {
    EXPECT_THAT(OneRelu("bool[2]", "").inferredY(),
                HasSubstr("Relu \"r\": input 0 (X) has type bool, expected one of"));
}

TEST(Infer, KeepsRecordedTypesOfUnknownOps) {
    Editor editor;
    const auto x = editor.addInput("x", type("float32[N]"));
    const auto y = editor.add({.op = "Frobnicate", .inputs = {x}, .domain = "example.org"});
    editor.setType(y, type("float32[N, 7]"));
    const auto z = editor.add({.op = "Relu", .inputs = {y}});
    ASSERT_TRUE(inferTypes(editor, {.bindings = {{"N", 4}}}));
    EXPECT_EQ(ir::toString(editor.graph().value(z).type()), "float32[4, 7]");
}

TEST(Infer, NamesANodeOnACycle) {
    Editor editor;
    const auto a = editor.addNode({.op = "Relu", .inputs = {ValueId{}}, .name = "a"});
    const auto b = editor.addNode({.op = "Relu", .inputs = {editor.graph().node(a).output()}, .name = "b"});
    editor.setInput(a, 0, editor.graph().node(b).output());
    const auto status = inferTypes(editor);
    ASSERT_FALSE(status);
    EXPECT_THAT(status.error().message, HasSubstr("Relu \"a\": its input depends on its own output"));
}

// A function "Twice" of the domain "f" that calls `inner` of domain `innerDomain` two times in a row.
void addTwice(Editor& editor, std::string_view name, std::string_view inner, std::string_view innerDomain) {
    const auto body = editor.addSubgraph(name);
    const auto a = editor.addInput("a", {}, body);
    const auto b = editor.add({.op = inner, .inputs = {a}, .domain = innerDomain, .subgraph = body});
    const auto c = editor.add({.op = inner, .inputs = {b}, .domain = innerDomain, .subgraph = body});
    editor.setGraphOutputs(body, {c});
    ir::Function function;
    function.domain = "f";
    function.name = name;
    function.body = body;
    editor.addFunction(std::move(function));
}

TEST(Infer, GoesThroughFunctionsCallByCall) {
    Editor editor;
    addTwice(editor, "Twice", "Relu", "");
    const auto x = editor.addInput("x", type("float32[N]"));
    const auto y = editor.addInput("y", type("float16[3, M]"));
    const auto u = editor.add({.op = "Twice", .inputs = {x}, .domain = "f"});
    const auto v = editor.add({.op = "Twice", .inputs = {y}, .domain = "f"});
    ASSERT_TRUE(inferTypes(editor));
    EXPECT_EQ(ir::toString(editor.graph().value(u).type()), "float32[N]");
    EXPECT_EQ(ir::toString(editor.graph().value(v).type()), "float16[3, M]");
}

TEST(Infer, NamesTheCallAndTheNodeInsideAFunction) {
    Editor editor;
    addTwice(editor, "Twice", "Relu", "");
    const auto x = editor.addInput("x", type("bool[N]"));
    editor.addNode({.op = "Twice", .inputs = {x}, .name = "call", .domain = "f"});
    const auto status = inferTypes(editor);
    ASSERT_FALSE(status);
    EXPECT_THAT(status.error().message, HasSubstr("Twice \"call\": Relu"));
}

TEST(Infer, RefusesAFunctionThatCallsItself) {
    Editor editor;
    addTwice(editor, "Twice", "Twice", "f");
    const auto x = editor.addInput("x", type("float32[N]"));
    editor.addNode({.op = "Twice", .inputs = {x}, .domain = "f"});
    const auto status = inferTypes(editor);
    ASSERT_FALSE(status);
    EXPECT_THAT(status.error().message, HasSubstr("nested deeper than 64"));
}

TEST(Infer, RefusesFunctionsThatExpandWithoutEnd) {
    Editor editor;
    addTwice(editor, "F0", "Relu", "");
    for (int i = 1; i < 40; ++i) addTwice(editor, fmt::format("F{}", i), fmt::format("F{}", i - 1), "f");
    const auto x = editor.addInput("x", type("float32[N]"));
    editor.addNode({.op = "F39", .inputs = {x}, .domain = "f"});
    const auto status = inferTypes(editor);
    ASSERT_FALSE(status);
    EXPECT_THAT(status.error().message, HasSubstr("expand to more than"));
}

TEST(Infer, FoldsSmallIntegersOfConstants) {
    Editor editor;
    const auto c = editor.addConstant(tensor::Tensor::of<int64_t>({2}, {-1, 5}), "c");
    const auto y = editor.add({.op = "Relu", .inputs = {c}});
    ASSERT_TRUE(inferTypes(editor));
    EXPECT_EQ(ir::toString(editor.graph().value(y).type()), "int64[2]");
}

TEST(CheckNode, NamesAnAttributeThatIsNotInTheSchema) {
    OneRelu graph("float32[2]", "");
    graph.editor.setAttribute(graph.relu, "slope", 0.1f);
    const auto status = checkNode(graph.editor.graph(), graph.relu);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().message, "Relu \"r\": Relu has no attribute slope");
}

TEST(CheckNode, NamesAMissingAndASuperfluousInput) {
    OneRelu graph("float32[2]", "");
    graph.editor.setInputs(graph.relu, std::vector<ValueId>{});
    EXPECT_EQ(checkNode(graph.editor.graph(), graph.relu).error().message,
              "Relu \"r\": input 0 (X) is missing");
    graph.editor.setInputs(graph.relu, std::vector<ValueId>{graph.x, graph.x});
    EXPECT_EQ(checkNode(graph.editor.graph(), graph.relu).error().message,
              "Relu \"r\": has 2 inputs, expected at most 1");
}

TEST(Cost, CountsConcreteShapesOnly) {
    OneRelu graph("float32[N, 4]", "");
    graph.inferredY();
    EXPECT_EQ(nodeCost(graph.editor.graph(), graph.relu).operations, 0);
    graph.inferredY({.bindings = {{"N", 2}}});
    const auto cost = nodeCost(graph.editor.graph(), graph.relu);
    EXPECT_EQ(cost.operations, 8);
    EXPECT_EQ(cost.bytesRead, 32);
    EXPECT_EQ(cost.bytesWritten, 32);
    EXPECT_EQ(graphCost(*graph.editor.finish()).operations, 8);
}

}  // namespace
}  // namespace lathe::ops
