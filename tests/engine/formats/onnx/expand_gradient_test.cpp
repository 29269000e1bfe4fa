// Gradient nodes, written to a file and read as plain nodes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <cmath>

#include "engine/base/log.h"
#include "engine/formats/format.h"
#include "engine/ir/text.h"
#include "engine/ops/interpreter.h"
#include "tests/support/test_paths.h"

namespace lathe::formats {
namespace {

using tensor::RuntimeValue;
using tensor::Tensor;
using testing::ElementsAre;
using testing::HasSubstr;

base::Result<ir::GraphPtr> reread(const std::string& body, const std::string& header) {
    const auto graph = ir::parseText("opset ai.onnx 18\nopset ai.onnx.preview.training 1\ngraph main " +
                                     header + " {\n" + body + "\n}\n");
    EXPECT_TRUE(graph) << (graph ? "" : graph.error().message);
    test::TemporaryDir folder;
    const auto path = folder.path() / "g.onnx";
    const auto written = write(**graph, path, "onnx", {}, {});
    EXPECT_TRUE(written) << (written ? "" : written.error().message);
    return read(path, {});
}

constexpr auto kGradient = "ai.onnx.preview.training.Gradient";

std::string gradient(const std::string& outputs, const std::string& inputs, const std::string& attributes) {
    return fmt::format("\n{} = {}({}) \"slope\" {{{}}}", outputs, kGradient, inputs, attributes);
}

std::vector<double> run(const base::Result<ir::GraphPtr>& graph, std::vector<double> inputs) {
    EXPECT_TRUE(graph) << (graph ? "" : graph.error().message);
    if (!graph) return {};
    std::vector<RuntimeValue> values;
    for (const double input : inputs) values.push_back(Tensor::scalar(input));
    const auto results = ops::interpret(**graph, values);
    EXPECT_TRUE(results) << (results ? "" : results.error().message) << ir::printText(**graph);
    std::vector<double> numbers;
    if (results)
        for (const auto& result : *results) numbers.push_back(result.tensor()->realAt(0));
    return numbers;
}

TEST(ExpandGradient, BecomesPlainNodesInAScope) {
    // y = a*b: dy/da = b, dy/db = a.
    const auto graph = reread("y = Mul(a, b)" + gradient("da, db", "a, b", "xs = [\"a\", \"b\"], y = \"y\""),
                              "(a: float64[], b: float64[]) -> (y, da, db)");
    EXPECT_THAT(run(graph, {3, 5}), ElementsAre(15, 5, 3));
    for (uint32_t n = 1; n < (*graph)->nodeLimit(); ++n) {
        if (!(*graph)->contains(ir::NodeId{n})) continue;
        EXPECT_TRUE((*graph)->node({n}).domain().empty());
        EXPECT_THAT(std::string((*graph)->node({n}).name()), testing::StartsWith("slope/"));
    }
    EXPECT_EQ((*graph)->value((*graph)->outputs()[1]).name(), "da");
}

TEST(ExpandGradient, OutputsAreOptionalAndMayBeAlike) {
    const auto graph = reread("s = Add(a, b)\ny = Add(s, c)" +
                                  gradient("da, _, dc", "a, b, c", "xs = [\"a\", \"b\", \"c\"], y = \"y\""),
                              "(a: float64[], b: float64[], c: float64[]) -> (da, dc)");
    EXPECT_THAT(run(graph, {3, 5, 7}), ElementsAre(1, 1));
}

TEST(ExpandGradient, OfAnIntermediateValue) {
    // y = h*a with h = 3a: by h alone a = 2, by a alone (h held) h = 6.
    const auto graph =
        reread("three = constant float64[] {3}\nh = Mul(a, three)\ny = Mul(h, a)" +
                   gradient("dh", "h, a", "xs = [\"h\"], zs = [\"a\"], y = \"y\"") +
                   "\nda = ai.onnx.preview.training.Gradient(a, h) {xs = [\"a\"], zs = [\"h\"], y = \"y\"}",
               "(a: float64[]) -> (dh, da)");
    EXPECT_THAT(run(graph, {2}), ElementsAre(2, 6));
}

TEST(ExpandGradient, AtOtherInputs) {
    // y = sin(a)*b at a = 0.5 and b = 4 instead of the graph's own values.
    const auto graph = reread(
        "s = Sin(a) \"wave\"\ny = Mul(s, b)" + gradient("da, db", "p, q", "xs = [\"a\", \"b\"], y = \"y\""),
        "(a: float64[], b: float64[], p: float64[], q: float64[]) -> (y, da, db)");
    EXPECT_THAT(run(graph, {1, 2, 0.5, 4}), ElementsAre(std::sin(1) * 2, std::cos(0.5) * 4, std::sin(0.5)));
    EXPECT_TRUE((*graph)->findNode("slope/wave"));
}

TEST(ExpandGradient, OneTensorGivenTwiceIsTwoVariables) {
    // y = a - b at a = b = p.
    const auto graph = reread("y = Sub(a, b)" + gradient("da, db", "p, p", "xs = [\"a\", \"b\"], y = \"y\""),
                              "(a: float64[], b: float64[], p: float64[]) -> (da, db)");
    EXPECT_THAT(run(graph, {1, 2, 3}), ElementsAre(1, -1));
}

TEST(ExpandGradient, OfAGradientWhateverTheOrder) {
    // y = a^3: y' = 3a^2, y'' = 6a. The second derivative stands first in the file.
    const auto graph = reread(
        "t = constant float64[] {3}\n"
        "dda = ai.onnx.preview.training.Gradient(a) \"second\" {xs = [\"a\"], y = \"da\"}\n"
        "da = ai.onnx.preview.training.Gradient(a) \"first\" {xs = [\"a\"], y = \"y\"}\ny = Pow(a, t)",
        "(a: float64[]) -> (da, dda)");
    EXPECT_THAT(run(graph, {2}), ElementsAre(testing::DoubleNear(12, 1e-12), testing::DoubleNear(12, 1e-12)));
    EXPECT_TRUE((*graph)->findNode("second/Mul"));
}

TEST(ExpandGradient, InsideABody) {
    // The body sees c of the graph around it: y = a*c there.
    const auto graph = reread("r = If(c) {then_branch = graph () -> (d) {\ny = Mul(a, a)" +
                                  gradient("d", "a", "xs = [\"a\"], y = \"y\"") +
                                  "\n}, else_branch = graph () -> (n) {\nn = Neg(a)\n}}",
                              "(a: float64[], c: bool[]) -> (r)");
    ASSERT_TRUE(graph) << graph.error().message;
    const std::vector<RuntimeValue> values{Tensor::scalar(3.0), Tensor::scalar(true)};
    const auto results = ops::interpret(**graph, values);
    ASSERT_TRUE(results) << results.error().message;
    EXPECT_EQ((*results)[0].tensor()->realAt(0), 6);
}

TEST(ExpandGradient, StaysWhereNoDerivativeIsKnown) {
    std::string warnings;
    const auto before =
        base::setLogReceiver([&](std::string_view text) { warnings.append(text).append("\n"); });
    const auto graph =
        reread("v = Det(a) \"volume\"\ny = Exp(v)" + gradient("da", "a", "xs = [\"a\"], y = \"y\""),
               "(a: float64[2, 2]) -> (y, da)");
    base::setLogReceiver(before);
    ASSERT_TRUE(graph) << graph.error().message;
    EXPECT_TRUE((*graph)->findNode("slope"));
    EXPECT_EQ((*graph)->nodeCount(), 3u);
    EXPECT_THAT(warnings,
                HasSubstr("g.onnx: Gradient \"slope\" stays as it is and cannot be run: Det \"volume\": the "
                          "derivative of operator Det is not known here"));
}

TEST(ExpandGradient, StaysInAGraphThatIsWrong) {
    std::string warnings;
    const auto before =
        base::setLogReceiver([&](std::string_view text) { warnings.append(text).append("\n"); });
    const auto graph =
        reread("y = Transpose(a) \"turn\" {perm = [7, 0]}" + gradient("da", "a", "xs = [\"a\"], y = \"y\""),
               "(a: float64[2, 2]) -> (y, da)");
    base::setLogReceiver(before);
    ASSERT_TRUE(graph) << graph.error().message;
    EXPECT_EQ((*graph)->nodeCount(), 2u);
    EXPECT_THAT(warnings,
                HasSubstr("1 nodes Gradient stay as they are and cannot be run: Transpose \"turn\": "));
}

TEST(ExpandGradient, RefusesAttributesThatDoNotFit) {
    const auto message = [](const std::string& outputs, const std::string& inputs,
                            const std::string& attributes) {
        const auto graph =
            reread("y = Mul(a, b)\nw = Neg(b)\nk = Cast(a) {to = 7}" + gradient(outputs, inputs, attributes),
                   "(a: float64[], b: float64[]) -> (y, w, k, d)");
        return graph ? std::string("accepted") : graph.error().message;
    };
    EXPECT_THAT(message("d", "a", "xs = [\"q\"], y = \"y\""),
                HasSubstr("g.onnx: Gradient \"slope\": xs names \"q\", which nothing in its graph makes"));
    EXPECT_THAT(message("d", "a, b", "xs = [\"a\"], zs = [\"\"], y = \"y\""), HasSubstr("zs names \"\""));
    EXPECT_THAT(message("d", "a", "xs = [\"a\"], y = \"slope\""), HasSubstr("y names \"slope\""));
    EXPECT_THAT(message("d", "a", "xs = [\"a\"]"), HasSubstr("y names \"\""));
    EXPECT_THAT(message("d", "a", "y = \"y\""), HasSubstr("attribute xs names nothing"));
    EXPECT_THAT(message("d", "a", "xs = [\"a\"], zs = [\"b\"], y = \"y\""),
                HasSubstr("has 1 inputs, but xs and zs name 2 values"));
    EXPECT_THAT(message("d, e", "a", "xs = [\"a\"], y = \"y\""),
                HasSubstr("has 2 outputs, but xs names 1 values"));
    EXPECT_THAT(message("d", "a, a", "xs = [\"a\"], zs = [\"a\"], y = \"y\""),
                HasSubstr("xs and zs name \"a\" twice"));
    EXPECT_THAT(message("d", "_, b", "xs = [\"a\"], zs = [\"b\"], y = \"y\""),
                HasSubstr("input 0 is missing"));
    EXPECT_THAT(message("d", "a", "xs = [\"a\"], y = \"w\""),
                HasSubstr("y \"w\" does not depend on any value that xs names"));
    EXPECT_THAT(message("d", "a", "xs = [\"a\"], y = \"d\""),
                HasSubstr("its y \"d\" depends on its own outputs"));
    EXPECT_THAT(message("d", "a", "xs = [\"a\"], y = \"k\""),
                HasSubstr("\"k\" has type int64[]; derivatives exist for floating-point tensors"));
    EXPECT_THAT(message("d", "a", "xs = \"a\", y = \"y\""), HasSubstr("attribute xs names nothing"));
}

TEST(ExpandGradient, ChainsOfDerivativesEndInAMessage) {
    std::string body = "y = Tanh(a)";
    std::string last = "y";
    for (int i = 0; i < 40; ++i) {
        const auto next = fmt::format("d{}", i);
        body += fmt::format("\n{} = {}(a) {{xs = [\"a\"], y = \"{}\"}}", next, kGradient, last);
        last = next;
    }
    const auto graph = reread(body, "(a: float64[]) -> (" + last + ")");
    ASSERT_FALSE(graph);
    EXPECT_THAT(graph.error().message,
                HasSubstr("the derivatives of derivatives need more than 104100 nodes"));
}

}  // namespace
}  // namespace lathe::formats
