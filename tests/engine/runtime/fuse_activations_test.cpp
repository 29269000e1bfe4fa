// What convolutions and matrix products take over, and what they must leave alone.
#include <gtest/gtest.h>

#include "engine/ir/text.h"
#include "engine/ops/interpreter.h"
#include "engine/runtime/session.h"
#include "tests/support/compare.h"
#include "tests/support/plan_text.h"

namespace lathe::runtime {
namespace {

struct Case {
    std::string_view name, type, body;
    size_t steps;  // of the plan
};

// Nodes and views of the plan.
size_t stepsOf(const Session& session) { return session.plan().size(); }

TEST(FuseActivations, TakesOverWhatFollows) {
    const std::vector<Case> cases = {
        {"bias, then Gelu", "[1, 5, 4]", "m = MatMul(x, w)\n b = Add(v, m)\n y = Gelu(b)\n", 1},
        {"tanh Gelu", "[5, 4]", "m = MatMul(x, w)\n y = Gelu(m) {approximate = \"tanh\"}\n", 1},
        {"bias and residual", "[5, 4]",
         "r = Relu(x)\n s = MatMul(r, u)\n m = MatMul(s, u)\n b = Add(m, t)\n y = Add(s, b)\n", 3},
        {"gated", "[5, 4]", "m = Gemm(x, w, v)\n g = Sigmoid(m)\n y = Mul(g, m)\n", 1},
        {"gated, read elsewhere", "[5, 4]",
         "m = Gemm(x, w, v)\n g = Sigmoid(m)\n y = Mul(g, m)\n z = Neg(g)\n", 4},
        {"hard swish", "[5, 4]",
         "m = Gemm(x, w, v)\n a = HardSigmoid(m) {alpha = 0.16666667, beta = 0.5}\n y = Mul(m, a)\n", 1},
        {"product read elsewhere", "[5, 4]", "m = MatMul(x, w)\n y = Gelu(m)\n z = Neg(m)\n", 3},
        {"residual behind a view", "[5, 4]",
         "i = constant int64[3] {1, 5, 4}\n r = Reshape(x, i)\n q = Relu(r)\n m = MatMul(x, u)\n k = "
         "Reshape(m, i)\n y = Add(q, k)\n",
         3},
        {"vector times matrix", "[4]", "m = MatMul(x, w)\n b = Add(m, v)\n y = Sigmoid(b)\n", 1},
        {"a vector on the right", "[5, 4]", "m = MatMul(x, t)\n b = Add(m, f)\n y = Tanh(b)\n", 3},
        {"a bias by row", "[5, 4]", "m = MatMul(x, w)\n b = Add(m, column)\n y = Tanh(b)\n", 3},
    };
    for (const auto& c : cases) {
        std::string text = "opset ai.onnx 25\ngraph main (x: float32" + std::string(c.type) + ") -> (y";
        if (c.body.find("z = ") != std::string_view::npos) text += ", z";
        text += R"() {
  w = constant float32[4, 3] {1, 2, 3, -1, -2, -3, 0.5, 1, 1.5, -0.5, 0.25, 0.125}
  u = constant float32[4, 4] {1, 0, 0, 1, 0, 1, 0.5, 0, -1, 0, 1, 0, 0, 2, 0, 1}
  v = constant float32[3] {0.1, -0.2, 0.3}
  t = constant float32[4] {0.1, -0.2, 0.3, 0.4}
  f = constant float32[5] {1, 2, 3, 4, 5}
  column = constant float32[5, 1] {1, 2, 3, 4, 5}
)" + std::string(c.body) +
                "}\n";
        const auto graph = ir::parseText(text);
        ASSERT_TRUE(graph) << c.name << ": " << graph.error().message;
        auto session = open(*graph, {.threads = 1});
        ASSERT_TRUE(session) << c.name << ": " << session.error().message;
        const auto inputs = *randomInputs(**graph, 5);
        const auto outputs = (*session)->run(inputs);
        const auto wanted = ops::interpret(**graph, inputs);
        ASSERT_TRUE(outputs && wanted) << c.name << ": " << (outputs ? "" : outputs.error().message);
        test::expectClose(*outputs, *wanted, 1e-5, std::string(c.name));
        EXPECT_EQ(stepsOf(**session), c.steps) << c.name << "\n" << test::planText(**session);
    }
}

TEST(FuseActivations, ConvolutionsTakeFunctionsInBothLayouts) {
    for (const auto* body :
         {"y = HardSwish(c)", "g = Sigmoid(c)\n y = Mul(c, g)", "b = Add(c, v)\n y = Relu(b)"})
        for (const auto* image : {"float32[1, 2, 5, 4]", "float32[1, 2, 5]"}) {
            const bool plane = std::string_view(image).size() > 17;
            const std::string text = "opset ai.onnx 25\ngraph main (x: " + std::string(image) +
                                     ") -> (y) {\n" + "w = constant float32[3, 2, 1" + (plane ? ", 1" : "") +
                                     "] {1, 2, -3, 4, 0.5, -0.25}\n v = constant float32[1, 3, 1" +
                                     (plane ? ", 1" : "") + "] {1, -2, 3}\n c = Conv(x, w)\n" + body +
                                     "\n}\n";
            const auto graph = ir::parseText(text);
            ASSERT_TRUE(graph) << graph.error().message;
            auto session = open(*graph, {.threads = 1});
            ASSERT_TRUE(session) << session.error().message;
            const auto inputs = *randomInputs(**graph, 5);
            const auto outputs = (*session)->run(inputs);
            ASSERT_TRUE(outputs) << outputs.error().message;
            test::expectClose(*outputs, *ops::interpret(**graph, inputs), 1e-5, body);
            const auto plan = test::planText(**session);
            EXPECT_NE(plan.find("conv_"), std::string::npos) << plan;
            EXPECT_EQ(plan.find("unary"), std::string::npos) << plan;
            EXPECT_EQ(plan.find("binary"), std::string::npos) << plan;
        }
}

TEST(FuseActivations, DepthwiseConvolutionsTakeFunctions) {
    const auto graph = ir::parseText(R"(opset ai.onnx 25
graph main (x: float32[2, 3, 9]) -> (y) {
  w = constant float32[3, 1, 3] {1, 2, -1, 0.5, 0.25, 1, -2, 1, 3}
  c = Conv(x, w) {group = 3, pads = [1, 1]}
  y = Gelu(c)
}
)");
    ASSERT_TRUE(graph) << graph.error().message;
    auto session = open(*graph, {.threads = 1});
    ASSERT_TRUE(session) << session.error().message;
    const auto inputs = *randomInputs(**graph, 5);
    const auto outputs = (*session)->run(inputs);
    ASSERT_TRUE(outputs) << outputs.error().message;
    test::expectClose(*outputs, *ops::interpret(**graph, inputs), 1e-5, "depthwise");
    EXPECT_EQ(stepsOf(**session), 1u) << test::planText(**session);
}

}  // namespace
}  // namespace lathe::runtime
