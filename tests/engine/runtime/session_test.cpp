#include "engine/runtime/session.h"

#include <gtest/gtest.h>

#include "engine/ir/editor.h"
#include "engine/ir/text.h"
#include "engine/ops/interpreter.h"
#include "tests/support/compare.h"

namespace lathe::runtime {
namespace {

using ir::Editor;
using ir::ValueId;
using ir::ValueType;
using tensor::DataType;
using tensor::Tensor;

ValueType floatType(std::initializer_list<ir::Dim> shape) {
    return ValueType::tensorOf(DataType::float32, ir::SymbolicShape(shape));
}

// x -> Relu -> LRN -> Relu -> y, and the first Relu's result as a second output.
ir::GraphPtr chain(bool symbolic) {
    Editor editor;
    const auto x = editor.addInput("x", floatType({symbolic ? ir::Dim::symbol("N") : ir::Dim(2), 3, 2, 1}));
    const auto a = editor.add({.op = "Relu", .inputs = {x}, .name = "a"});
    const auto b =
        editor.add({.op = "LRN", .inputs = {a}, .attributes = {{"size", int64_t{3}}}, .name = "b"});
    const auto c = editor.add({.op = "Relu", .inputs = {b}, .name = "c"});
    editor.setGraphOutputs(ir::kMain, {c, a});
    return editor.finish();
}

std::vector<tensor::RuntimeValue> interpreted(const ir::Graph& graph,
                                              const std::vector<tensor::RuntimeValue>& inputs) {
    auto result = ops::interpret(graph, inputs);
    EXPECT_TRUE(result) << (result ? "" : result.error().message);
    return result ? *result : std::vector<tensor::RuntimeValue>();
}

TEST(Session, RunsAChainAsTheInterpreterDoes) {
    const auto graph = chain(false);
    auto session = open(graph, {.threads = 1});
    ASSERT_TRUE(session) << session.error().message;
    const auto inputs = *randomInputs(*graph, 1);
    for (int i = 0; i < 2; ++i) {
        auto outputs = (*session)->run(inputs);
        ASSERT_TRUE(outputs) << outputs.error().message;
        test::expectClose(*outputs, interpreted(*graph, inputs), 1e-6, "chain");
    }
}

TEST(Session, PlansForEachBatchSize) {
    const auto graph = chain(true);
    auto session = open(graph);
    ASSERT_TRUE(session) << session.error().message;
    for (const int64_t batch : {1, 5, 2, 1, 7, 9, 5}) {
        const auto inputs = *randomInputs(*graph, 3, {{"N", batch}});
        auto outputs = (*session)->run(inputs);
        ASSERT_TRUE(outputs) << outputs.error().message;
        test::expectClose(*outputs, interpreted(*graph, inputs), 1e-6, "batch " + std::to_string(batch));
    }
}

TEST(Session, NamesTheInputThatDoesNotFit) {
    auto session = open(chain(false));
    ASSERT_TRUE(session);
    const tensor::Shape shape = {2, 4, 2, 1};
    const std::vector<tensor::RuntimeValue> wide = {Tensor::zeros(DataType::float32, shape)};
    auto wrong = (*session)->run(wide);
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().message,
              "Input \"x\": expected float32[2, 3, 2, 1], given float32 [2, 4, 2, 1].");
    wrong = (*session)->run({});
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().message, "Input \"x\" is missing: give float32[2, 3, 2, 1].");
}

TEST(Session, NamesEveryOpNobodyCanRun) {
    Editor editor;
    const auto x = editor.addInput("x", floatType({1}));
    const auto a = editor.add({.op = "Frobnicate", .inputs = {x}, .name = "f", .domain = "acme"});
    const auto b = editor.add({.op = "Twiddle", .inputs = {a}, .name = "t"});
    editor.setGraphOutputs(ir::kMain, {b});
    const auto session = open(editor.finish());
    ASSERT_FALSE(session);
    EXPECT_NE(session.error().message.find("Frobnicate (acme)"), std::string::npos)
        << session.error().message;
    EXPECT_NE(session.error().message.find("Twiddle"), std::string::npos);
}

TEST(Session, CapturesValuesAndTimesNodes) {
    const auto graph = chain(false);
    auto session = open(graph, {.threads = 1});
    ASSERT_TRUE(session);
    const auto inputs = *randomInputs(*graph, 1);
    const auto inner = graph->node(graph->findNode("b")).output();
    const std::vector<ValueId> wanted = {inner, graph->inputs()[0]};
    std::map<uint32_t, Tensor> seen;
    std::vector<NodeTime> times;
    RunOptions options;
    options.capture = wanted;
    options.onCapture = [&](ValueId id, const Tensor& tensor) {
        seen[id.index] = Tensor::of<float>(tensor.shape(), tensor.values<float>());
    };
    options.nodeTimes = &times;
    auto outputs = (*session)->run(inputs, options);
    ASSERT_TRUE(outputs) << outputs.error().message;
    ASSERT_EQ(seen.size(), 2u);
    EXPECT_TRUE(seen[graph->inputs()[0].index] == *inputs[0].tensor());
    EXPECT_LE(test::relativeError(seen[inner.index], *(*outputs)[0].tensor()), 1e-6);
    EXPECT_EQ(times.size(), 3u);
    for (const auto& time : times) EXPECT_LE(time.start, time.end);
}

// The condition is known once the input's shape is; what the branch gives has a shape only a run knows.
TEST(Session, PutsADecidedBranchInPlaceOfItsIf) {
    const auto graph = ir::parseText(R"(opset ai.onnx 25
graph main (x: float32[N]) -> (y) {
  one = constant int64[1] {1}
  s = Shape(x)
  c = Greater(s, one)
  y = If(c) {else_branch = graph () -> (b) {
    b = Shape(x)
  }, then_branch = graph () -> (a) {
    a = NonZero(x)
  }}
}
)");
    ASSERT_TRUE(graph) << graph.error().message;
    auto session = open(*graph, {.threads = 1});
    ASSERT_TRUE(session) << session.error().message;
    const auto several =
        (*session)->run(std::vector<tensor::RuntimeValue>{Tensor::of<float>({3}, {4, 0, 5})});
    ASSERT_TRUE(several) << several.error().message;
    EXPECT_EQ(*several->at(0).tensor(), Tensor::of<int64_t>({1, 2}, {0, 2}));
    const auto one = (*session)->run(std::vector<tensor::RuntimeValue>{Tensor::of<float>({1}, {4})});
    ASSERT_TRUE(one) << one.error().message;
    EXPECT_EQ(*one->at(0).tensor(), Tensor::of<int64_t>({1}, {1}));
}

TEST(Session, NamesTheNodeWhoseIndexLiesOutside) {
    const auto graph = ir::parseText(R"(opset ai.onnx 25
graph main (x: float32[3, 2], i: int64[2]) -> (y) {
  y = Gather(x, i)
}
)");
    ASSERT_TRUE(graph) << graph.error().message;
    auto session = open(*graph, {.threads = 1});
    ASSERT_TRUE(session) << session.error().message;
    const auto x = Tensor::of<float>({3, 2}, {1, 2, 3, 4, 5, 6});
    const auto rows =
        (*session)->run(std::vector<tensor::RuntimeValue>{x, Tensor::of<int64_t>({2}, {-1, 0})});
    ASSERT_TRUE(rows) << rows.error().message;
    EXPECT_EQ(*rows->at(0).tensor(), Tensor::of<float>({2, 2}, {5, 6, 1, 2}));
    const auto wrong =
        (*session)->run(std::vector<tensor::RuntimeValue>{x, Tensor::of<int64_t>({2}, {0, 3})});
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().message, "Gather 0: index 3 is outside [-3, 3)");
}

TEST(Session, StopsWhenCancelled) {
    const auto graph = chain(false);
    auto session = open(graph);
    ASSERT_TRUE(session);
    base::Progress progress;
    progress.cancel();
    RunOptions options;
    options.progress = &progress;
    const auto outputs = (*session)->run(*randomInputs(*graph, 1), options);
    ASSERT_FALSE(outputs);
    EXPECT_EQ(outputs.error().kind, base::Error::Kind::cancelled);
}

}  // namespace
}  // namespace lathe::runtime
