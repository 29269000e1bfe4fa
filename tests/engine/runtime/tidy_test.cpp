// The private copy that a plan is made from: what it recognises, and that times and captures stay with the
// nodes and values of the user's graph.
#include <gtest/gtest.h>

#include <set>

#include "engine/ir/editor.h"
#include "engine/ir/text.h"
#include "engine/ops/interpreter.h"
#include "engine/runtime/session.h"
#include "tests/support/compare.h"
#include "tests/support/plan_text.h"

namespace lathe::runtime {
namespace {

using tensor::RuntimeValue;
using tensor::Tensor;

ir::GraphPtr parsed(std::string_view text) {
    const auto graph = ir::parseText(text);
    EXPECT_TRUE(graph) << (graph ? "" : graph.error().message);
    return graph ? *graph : nullptr;
}

std::unique_ptr<Session> opened(const ir::GraphPtr& graph, bool fuse = true) {
    auto session = open(graph, {.threads = 1, .fuse = fuse});
    EXPECT_TRUE(session) << (session ? "" : session.error().message);
    return session ? std::move(*session) : nullptr;
}

// Runs as planned and as written; the plan's text.
std::string runBothWays(const ir::GraphPtr& graph) {
    const auto inputs = *randomInputs(*graph, 7);
    const auto session = opened(graph);
    if (!session) return {};
    const auto outputs = session->run(inputs);
    const auto wanted = ops::interpret(*graph, inputs);
    EXPECT_TRUE(outputs && wanted) << (outputs ? "" : outputs.error().message);
    if (outputs && wanted) test::expectClose(*outputs, *wanted, 1e-5, "tidied");
    return test::planText(*session);
}

constexpr std::string_view kLayerNorm = R"(opset ai.onnx 25
graph main (x: float32[2, 5, 6]) -> (y) {
  last = constant int64[1] {-1}
  two = constant float32[] {2}
  tiny = constant float32[] {0.00001}
  gamma = constant float32[6] {1, 2, 3, 4, 5, 6}
  beta = constant float32[6] {6, 5, 4, 3, 2, 1}
  mean = ReduceMean(x, last)
  d = Sub(x, mean)
  square = Pow(d, two)
  variance = ReduceMean(square, last)
  raised = Add(variance, tiny)
  root = Sqrt(raised)
  n = Div(d, root)
  copy = Identity(gamma)
  scaled = Mul(n, copy)
  y = Add(scaled, beta)
}
)";

TEST(Tidy, RecognisesLayerNormalizationWrittenOut) {
    EXPECT_NE(runBothWays(parsed(kLayerNorm)).find("normalize_layer"), std::string::npos);
}

TEST(Tidy, BooksTimesOnTheUsersNodes) {
    const auto graph = parsed(kLayerNorm);
    const auto session = opened(graph);
    ASSERT_NE(session, nullptr);
    std::vector<NodeTime> times;
    RunOptions options;
    options.nodeTimes = &times;
    ASSERT_TRUE(session->run(*randomInputs(*graph, 1), options));
    std::set<uint32_t> seen;
    for (const auto& time : times) {
        ASSERT_TRUE(graph->contains(time.node));
        EXPECT_TRUE(seen.insert(time.node.index).second) << "booked twice";
        EXPECT_NE(session->kernelOf(time.node).find("normalize_layer"), std::string::npos);
    }
    EXPECT_EQ(seen.size(), 9u);  // all but the Identity
}

// The deviations are read by somebody else as well: their node runs, and is no part of the normalisation.
TEST(Tidy, NodesThatStayAreNotBookedTwice) {
    std::string text(kLayerNorm);
    text.replace(text.find("-> (y)"), 6, "-> (y, d)");
    const auto graph = parsed(text);
    runBothWays(graph);
    const auto session = opened(graph);
    ASSERT_NE(session, nullptr);
    std::vector<NodeTime> times;
    RunOptions options;
    options.nodeTimes = &times;
    ASSERT_TRUE(session->run(*randomInputs(*graph, 1), options));
    std::set<uint32_t> seen;
    for (const auto& time : times) EXPECT_TRUE(seen.insert(time.node.index).second) << "booked twice";
    EXPECT_EQ(session->kernelOf(graph->value(graph->findValue("d")).producer()), "binary_sub");
}

// Origins that name nodes of an earlier graph say nothing about this one.
TEST(Tidy, OriginsOfEarlierGraphsDoNotMatter) {
    ir::Editor editor(parsed(kLayerNorm));
    for (uint32_t n = 0; n < editor.graph().nodeLimit(); ++n)
        editor.setOrigins(ir::NodeId{n}, {ir::NodeId{900 + n}});
    const auto graph = editor.finish();
    for (const bool fuse : {true, false}) {
        const auto session = opened(graph, fuse);
        ASSERT_NE(session, nullptr);
        std::vector<NodeTime> times;
        RunOptions options;
        options.nodeTimes = &times;
        ASSERT_TRUE(session->run(*randomInputs(*graph, 1), options));
        for (const auto& time : times) EXPECT_TRUE(graph->contains(time.node));
    }
}

// The plan's convolution computes the normalised result; who asks for the convolution's own gets that.
TEST(Tidy, CapturesTheUsersValues) {
    const auto graph = parsed(R"(opset ai.onnx 25
graph main (x: float32[1, 2, 3, 3]) -> (z) {
  w = constant float32[2, 2, 1, 1] {1, 2, 3, 4}
  gamma = constant float32[2] {2, 3}
  beta = constant float32[2] {1, -1}
  mean = constant float32[2] {0.5, 0.25}
  variance = constant float32[2] {4, 9}
  y = Conv(x, w)
  n = BatchNormalization(y, gamma, beta, mean, variance)
  z = Relu(n)
}
)");
    const auto inputs = *randomInputs(*graph, 3);
    const auto session = opened(graph);
    ASSERT_NE(session, nullptr);
    EXPECT_EQ(test::planText(*session).find("normalize_batch"), std::string::npos);
    const auto wanted = graph->findValue("y");
    const std::vector<ir::ValueId> captured = {wanted};
    Tensor seen;
    RunOptions options;
    options.capture = captured;
    options.onCapture = [&](ir::ValueId, const Tensor& tensor) {
        seen = Tensor::of<float>(tensor.shape(), tensor.values<float>());
    };
    const auto outputs = session->run(inputs, options);
    ASSERT_TRUE(outputs) << outputs.error().message;
    const auto& x = inputs[0].tensor()->values<float>();
    ASSERT_TRUE(seen.defined());
    for (size_t i = 0; i < 9; ++i) {
        EXPECT_NEAR(seen.values<float>()[i], x[i] + 2 * x[9 + i], 1e-5f);
        EXPECT_NEAR(seen.values<float>()[9 + i], 3 * x[i] + 4 * x[9 + i], 1e-5f);
    }
    EXPECT_NE(runBothWays(graph).find("conv_"), std::string::npos);
}

}  // namespace
}  // namespace lathe::runtime
