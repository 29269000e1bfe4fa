#include "engine/ops/interpreter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/ir/editor.h"

namespace lathe::ops {
namespace {

using ir::Editor;
using ir::ValueType;
using tensor::DataType;
using tensor::RuntimeValue;
using tensor::Tensor;
using testing::HasSubstr;

const ValueType kPair = ValueType::tensorOf(DataType::float32, ir::SymbolicShape{2});

// x -> Relu -> `second` -> y
ir::GraphPtr chain(std::string_view second, std::string_view domain = {}) {
    Editor editor;
    const auto x = editor.addInput("x", kPair);
    const auto a = editor.add({.op = "Relu", .inputs = {x}, .name = "a"});
    const auto b = editor.add({.op = second, .inputs = {a}, .name = "b", .domain = domain});
    editor.setGraphOutputs(ir::kMain, {b});
    return editor.finish();
}

Tensor pair(float a, float b) { return Tensor::of<float>({2}, {a, b}); }

std::string failure(const base::Result<std::vector<RuntimeValue>>& result) {
    return result ? "succeeded" : result.error().message;
}

TEST(Interpreter, RunsNodesInOrder) {
    std::vector<ir::NodeId> seen;
    InterpretOptions options;
    options.observer = [&](ir::NodeId id, std::span<const RuntimeValue> outputs) {
        seen.push_back(id);
        EXPECT_EQ(outputs.size(), 1u);
    };
    const auto result = interpret(*chain("Relu"), std::vector<RuntimeValue>{pair(-1, 2)}, options);
    ASSERT_TRUE(result) << failure(result);
    EXPECT_EQ(*result->at(0).tensor(), pair(0, 2));
    EXPECT_EQ(seen, (std::vector<ir::NodeId>{{0}, {1}}));
    EXPECT_EQ(options.progress.snapshot().fraction, 1);
}

TEST(Interpreter, NamesAnUnknownOpItsDomainAndItsNode) {
    EXPECT_THAT(failure(interpret(*chain("Frob", "example.org"), std::vector<RuntimeValue>{pair(1, 2)})),
                HasSubstr("Frob \"b\": operator Frob of domain example.org is not known here"));
}

TEST(Interpreter, NamesAnInputThatDoesNotFit) {
    const auto graph = chain("Relu");
    EXPECT_EQ(failure(interpret(*graph, std::vector<RuntimeValue>{})),
              "Input x is missing and has no default. Give it a float32[2].");
    EXPECT_EQ(failure(interpret(*graph, std::vector<RuntimeValue>{Tensor::of<float>({3}, {1, 2, 3})})),
              "Input x: got float32[3], the model wants float32[2].");
    EXPECT_EQ(failure(interpret(*graph, std::vector<RuntimeValue>{Tensor::of<int32_t>({2}, {1, 2})})),
              "Input x: got int32[2], the model wants float32[2].");
    EXPECT_EQ(failure(interpret(*graph, std::vector<RuntimeValue>(2, pair(1, 2)))),
              "Got 2 inputs, the model has 1.");
}

TEST(Interpreter, TakesTheDefaultOfAnInput) {
    Editor editor(chain("Relu"));
    editor.setConstant(editor.graph().inputs()[0], pair(3, -3));
    const auto result = interpret(*editor.finish(), {});
    ASSERT_TRUE(result) << failure(result);
    EXPECT_EQ(*result->at(0).tensor(), pair(3, 0));
}

TEST(Interpreter, StopsWhenCancelled) {
    InterpretOptions options;
    options.progress.cancel();
    const auto result = interpret(*chain("Relu"), std::vector<RuntimeValue>{pair(1, 2)}, options);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, base::Error::Kind::cancelled);
}

TEST(Interpreter, HandsOutInputsAndConstantsDirectly) {
    Editor editor;
    const auto x = editor.addInput("x", kPair);
    const auto c = editor.addConstant(pair(5, 6), "c");
    editor.setGraphOutputs(ir::kMain, {x, c});
    const auto result = interpret(*editor.finish(), std::vector<RuntimeValue>{pair(1, 2)});
    ASSERT_TRUE(result) << failure(result);
    EXPECT_EQ(*result->at(0).tensor(), pair(1, 2));
    EXPECT_EQ(*result->at(1).tensor(), pair(5, 6));
}

TEST(Interpreter, RefusesWhatTheSchemaRefuses) {
    Editor editor(chain("Relu"));
    editor.setType(editor.graph().inputs()[0], {});
    const auto graph = editor.finish();
    EXPECT_THAT(failure(interpret(*graph, std::vector<RuntimeValue>{Tensor::of<bool>({1}, {true})})),
                HasSubstr("Relu \"a\": input 0 (X) has type bool"));
}

TEST(Interpreter, HandsSequencesOnlyToOpsThatTakeThem) {
    const auto run = [](std::string_view op) {
        Editor editor;
        const auto x = editor.addInput("x", {});
        editor.setGraphOutputs(ir::kMain, {editor.add({.op = op, .inputs = {x}, .name = "n"})});
        tensor::Sequence sequence{DataType::float32, {RuntimeValue(pair(1, 2))}};
        return failure(interpret(*editor.finish(), std::vector<RuntimeValue>{std::move(sequence)}));
    };
    EXPECT_EQ(run("Identity"), "succeeded");
    EXPECT_EQ(run("Transpose"),
              "Transpose \"n\": input 0 (data) is sequence(float32[...]), expected a tensor");
}

// A function "Keep(a, b)" of the domain "f": Relu(a), with the attribute "slope" of the node from the call's
// "given".
void addKeep(Editor& editor) {
    const auto body = editor.addSubgraph("Keep");
    const auto a = editor.addInput("a", {}, body);
    editor.addInput("b", {}, body);
    const auto y = editor.add({.op = "Relu",
                               .inputs = {a},
                               .attributes = {{"slope", ir::AttributeReference{"given", 1}}},
                               .subgraph = body});
    editor.setGraphOutputs(body, {y});
    ir::Function function;
    function.domain = "f";
    function.name = "Keep";
    function.body = body;
    editor.addFunction(std::move(function));
}

TEST(Interpreter, RunsFunctionsAndLeavesOutAttributesTheCallDoesNotGive) {
    Editor editor;
    addKeep(editor);
    const auto x = editor.addInput("x", kPair);
    const auto y = editor.add({.op = "Keep", .inputs = {x}, .domain = "f"});
    editor.setGraphOutputs(ir::kMain, {y});
    const auto result = interpret(*editor.finish(), std::vector<RuntimeValue>{pair(-1, 2)});
    ASSERT_TRUE(result) << failure(result);
    EXPECT_EQ(*result->at(0).tensor(), pair(0, 2));
}

TEST(Interpreter, FillsAttributeReferencesFromTheCall) {
    Editor editor;
    addKeep(editor);
    const auto x = editor.addInput("x", kPair);
    const auto y = editor.add(
        {.op = "Keep", .inputs = {x}, .attributes = {{"given", 0.5f}}, .name = "call", .domain = "f"});
    editor.setGraphOutputs(ir::kMain, {y});
    // The attribute arrives at Relu, which has none of that name.
    EXPECT_THAT(failure(interpret(*editor.finish(), std::vector<RuntimeValue>{pair(-1, 2)})),
                HasSubstr("Relu has no attribute slope"));
}

TEST(EvaluateNode, RunsOneNode) {
    const auto graph = chain("Relu");
    const RuntimeValue input = pair(-4, 4);
    const auto result = evaluateNode(*graph, {1}, {&input});
    ASSERT_TRUE(result) << failure(result);
    EXPECT_EQ(*result->at(0).tensor(), pair(0, 4));
    EXPECT_THAT(failure(evaluateNode(*graph, {1}, {nullptr})), HasSubstr("input 0 (X) is missing"));
}

}  // namespace
}  // namespace lathe::ops
