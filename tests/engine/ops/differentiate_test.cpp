#include "engine/ops/differentiate.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "engine/ir/text.h"
#include "engine/ir/verify.h"
#include "engine/ops/infer.h"
#include "engine/ops/interpreter.h"
#include "tests/engine/ops/gradient_cases.h"

namespace lathe::test {
namespace {

using ir::ValueId;
using tensor::RuntimeValue;
using tensor::Tensor;

enum class Form { concrete, symbolic, unknownRank };

std::string declared(const Tensor& tensor, size_t i, Form form) {
    const auto type = tensor::name(tensor.type());
    if (form == Form::unknownRank) return fmt::format("x{}: {}[...]", i, type);
    std::vector<std::string> sizes;
    for (size_t d = 0; d < tensor.shape().size(); ++d)
        sizes.push_back(form == Form::concrete ? fmt::format("{}", tensor.shape()[d])
                                               : fmt::format("x{}_d{}", i, d));
    return fmt::format("x{}: {}[{}]", i, type, fmt::join(sizes, ", "));
}

// Evenly in [-1, 1), the same for every run.
double drawn(uint64_t& state) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<double>(state >> 11) / 4503599627370496.0 - 1;
}

// The graph of a case with the scalar `loss` behind it: the sum of y, each element with a weight of its own.
ir::GraphPtr lossOf(const GradientCase& test, Form form, std::vector<ValueId>& xs, ValueId& loss) {
    std::vector<std::string> inputs;
    for (size_t i = 0; i < test.inputs.size(); ++i) inputs.push_back(declared(test.inputs[i], i, form));
    const auto text = fmt::format("opset ai.onnx 25\ngraph main ({}) -> (y) {{\n{}\n}}\n",
                                  fmt::join(inputs, ", "), test.body);
    auto graph = ir::parseText(text);
    EXPECT_TRUE(graph) << text << (graph ? "" : graph.error().message);
    if (!graph) return nullptr;
    const std::vector<RuntimeValue> values(test.inputs.begin(), test.inputs.end());
    const auto y = ops::interpret(**graph, values);
    EXPECT_TRUE(y) << (y ? "" : y.error().message);
    if (!y) return nullptr;
    auto weights = Tensor::zeros(tensor::DataType::float64, (*y)[0].tensor()->shape());
    uint64_t state = 7;
    for (auto& weight : weights.mutableValues<double>()) weight = drawn(state);
    ir::Editor editor(*graph);
    EXPECT_TRUE(ops::inferTypes(editor));
    const auto weighted =
        editor.add({.op = "Mul", .inputs = {editor.graph().outputs()[0], editor.addConstant(weights)}});
    loss = editor.add({.op = "ReduceSum", .inputs = {weighted}, .attributes = {{"keepdims", int64_t{0}}}});
    editor.setGraphOutputs(ir::kMain, {loss});
    for (size_t i = 0; i < test.inputs.size(); ++i)
        if (test.inputs[i].type() == tensor::DataType::float64) xs.push_back(editor.graph().inputs()[i]);
    EXPECT_TRUE(ops::inferTypes(editor));
    return editor.finish();
}

double run(const ir::Graph& graph, const std::vector<RuntimeValue>& values) {
    const auto result = ops::interpret(graph, values);
    EXPECT_TRUE(result) << (result ? "" : result.error().message);
    return result ? (*result)[0].tensor()->realAt(0) : NAN;
}

// (f(x + h) - f(x - h)) / 2h for each element of each float64 input.
std::vector<std::vector<double>> byDifferences(const ir::Graph& graph, const std::vector<Tensor>& inputs) {
    constexpr double kStep = 1e-5;
    std::vector<RuntimeValue> values(inputs.begin(), inputs.end());
    std::vector<std::vector<double>> result;
    for (size_t i = 0; i < inputs.size(); ++i) {
        if (inputs[i].type() != tensor::DataType::float64) continue;
        auto& slopes = result.emplace_back();
        for (size_t k = 0; k < static_cast<size_t>(inputs[i].elementCount()); ++k) {
            const auto moved = [&](double by) {
                auto tensor = Tensor::of<double>(inputs[i].shape(), inputs[i].values<double>());
                tensor.mutableValues<double>()[k] += by;
                values[i] = tensor;
                return run(graph, values);
            };
            slopes.push_back((moved(kStep) - moved(-kStep)) / (2 * kStep));
        }
        values[i] = inputs[i];
    }
    return result;
}

void check(const GradientCase& test, Form form) {
    SCOPED_TRACE(fmt::format("{}, form {}", test.name, static_cast<int>(form)));
    std::vector<ValueId> xs;
    ValueId loss;
    const auto graph = lossOf(test, form, xs, loss);
    if (!graph) return;
    ir::Editor editor(graph);
    ops::GradientScope scope(editor, ir::kMain, "slope");
    const auto gradients = ops::differentiate(scope, loss, xs);
    ASSERT_TRUE(gradients) << gradients.error().message;
    editor.setGraphOutputs(ir::kMain, *gradients);
    const auto sane = ops::inferTypes(editor);
    ASSERT_TRUE(sane) << sane.error().message;
    const auto derivative = editor.finish();
    const auto verified = ir::verify(*derivative);
    ASSERT_TRUE(verified) << verified.error().message;
    const std::vector<RuntimeValue> values(test.inputs.begin(), test.inputs.end());
    const auto results = ops::interpret(*derivative, values);
    ASSERT_TRUE(results) << results.error().message << "\n" << ir::printText(*derivative);
    const auto expected = byDifferences(*graph, test.inputs);
    for (size_t i = 0; i < xs.size(); ++i) {
        const auto& tensor = *(*results)[i].tensor();
        const auto index = static_cast<size_t>(
            std::find(graph->inputs().begin(), graph->inputs().end(), xs[i]) - graph->inputs().begin());
        EXPECT_EQ(tensor::toString(tensor.shape()), tensor::toString(test.inputs[index].shape()));
        if (form == Form::concrete) {
            EXPECT_EQ(ir::toString(derivative->value((*gradients)[i]).type()),
                      ir::toString(graph->value(xs[i]).type()));
        }
        ASSERT_EQ(static_cast<size_t>(tensor.elementCount()), expected[i].size());
        for (size_t k = 0; k < expected[i].size(); ++k)
            EXPECT_NEAR(tensor.values<double>()[k], expected[i][k],
                        1e-6 * std::max(1.0, std::abs(expected[i][k])))
                << "input " << index << ", element " << k;
    }
}

TEST(Differentiate, AgreesWithDifferences) {
    for (const auto& test : gradientCases()) {
        check(test, Form::concrete);
        if (test.symbolic) check(test, Form::symbolic);
        if (test.unknownRank) check(test, Form::unknownRank);
    }
}

struct Parsed {
    ir::Editor editor;
    ValueId value(std::string_view name) const { return editor.graph().findValue(name); }
};

Parsed parsed(std::string_view text) {
    auto graph = ir::parseText(text);
    EXPECT_TRUE(graph) << (graph ? "" : graph.error().message);
    Parsed result{ir::Editor(*graph)};
    EXPECT_TRUE(ops::inferTypes(result.editor));
    return result;
}

TEST(Differentiate, GivesZerosForWhatYIgnores) {
    auto graph = parsed(R"(graph main (a: float64[2], b: float64[3]) -> (y) {
        y = Exp(a)
        other = Exp(b)
    })");
    ops::GradientScope scope(graph.editor, ir::kMain, "");
    const std::vector<ValueId> xs{graph.value("a"), graph.value("b")};
    const auto gradients = ops::differentiate(scope, graph.value("y"), xs);
    ASSERT_TRUE(gradients);
    graph.editor.setGraphOutputs(ir::kMain, *gradients);
    const std::vector<RuntimeValue> values{Tensor::of<double>({2}, {0, 1}),
                                           Tensor::of<double>({3}, {1, 2, 3})};
    const auto results = ops::interpret(*graph.editor.finish(), values);
    ASSERT_TRUE(results);
    EXPECT_EQ(*(*results)[0].tensor(), Tensor::of<double>({2}, {1, std::exp(1.0)}));
    EXPECT_EQ(*(*results)[1].tensor(), Tensor::of<double>({3}, {0, 0, 0}));
}

TEST(Differentiate, NothingFlowsThroughHeldValues) {
    // y = (2x) * x with h = 2x held: dy/dx = h = 6 at x = 3.
    auto graph = parsed(R"(graph main (x: float64[]) -> (y) {
        two = constant float64[] {2}
        h = Mul(x, two)
        y = Mul(h, x)
    })");
    ops::GradientScope scope(graph.editor, ir::kMain, "");
    const std::vector<ValueId> xs{graph.value("x")}, held{graph.value("h")};
    const auto gradients = ops::differentiate(scope, graph.value("y"), xs, held);
    ASSERT_TRUE(gradients);
    graph.editor.setGraphOutputs(ir::kMain, *gradients);
    const auto results =
        ops::interpret(*graph.editor.finish(), std::vector<RuntimeValue>{Tensor::scalar(3.0)});
    ASSERT_TRUE(results);
    EXPECT_EQ((*results)[0].tensor()->realAt(0), 6);
}

TEST(Differentiate, OfADerivative) {
    // y = x^3 sin x: y'' = 6x sin x + 6x^2 cos x - x^3 sin x.
    auto graph = parsed(R"(graph main (x: float64[2]) -> (y) {
        three = constant float64[] {3}
        p = Pow(x, three)
        s = Sin(x)
        y = Mul(p, s)
    })");
    const std::vector<ValueId> xs{graph.value("x")};
    ops::GradientScope scope(graph.editor, ir::kMain, "first");
    const auto first = ops::differentiate(scope, graph.value("y"), xs);
    ASSERT_TRUE(first);
    ops::GradientScope again(graph.editor, ir::kMain, "second");
    const auto second = ops::differentiate(again, first->front(), xs);
    ASSERT_TRUE(second) << second.error().message;
    graph.editor.setGraphOutputs(ir::kMain, *second);
    const auto result = ops::interpret(*graph.editor.finish(),
                                       std::vector<RuntimeValue>{Tensor::of<double>({2}, {0.7, 1.3})});
    ASSERT_TRUE(result);
    for (const size_t i : {0, 1}) {
        const double x = i == 0 ? 0.7 : 1.3, s = std::sin(x), c = std::cos(x);
        EXPECT_NEAR((*result)[0].tensor()->values<double>()[i], 6 * x * s + 6 * x * x * c - x * x * x * s,
                    1e-12);
    }
}

TEST(Differentiate, NamesTheNodeWithoutDerivative) {
    auto graph = parsed(R"(graph main (x: float64[2, 2]) -> (y) {
        s = Sin(x)
        d = Det(s) "volume"
        y = Exp(d)
    })");
    const auto nodes = graph.editor.graph().nodeCount();
    ops::GradientScope scope(graph.editor, ir::kMain, "slope");
    const std::vector<ValueId> xs{graph.value("x")};
    const auto gradients = ops::differentiate(scope, graph.value("y"), xs);
    ASSERT_FALSE(gradients);
    EXPECT_THAT(gradients.error().message,
                testing::HasSubstr("Det \"volume\": the derivative of operator Det is not known here"));
    EXPECT_EQ(graph.editor.graph().nodeCount(), nodes);
    const std::vector<ValueId> behind{graph.value("d")};
    EXPECT_TRUE(ops::differentiate(scope, graph.value("y"), behind));
}

TEST(Differentiate, RefusesWholeNumbers) {
    auto graph = parsed(R"(graph main (x: int64[2]) -> (y) {
        y = Neg(x)
    })");
    ops::GradientScope scope(graph.editor, ir::kMain, "");
    const std::vector<ValueId> xs{graph.value("x")};
    const auto gradients = ops::differentiate(scope, graph.value("y"), xs);
    ASSERT_FALSE(gradients);
    EXPECT_THAT(gradients.error().message,
                testing::HasSubstr("\"x\" has type int64[2]; derivatives exist for floating-point tensors"));
}

TEST(Differentiate, NeedsNoStackForDeepGraphs) {
    ir::Editor editor;
    const auto x =
        editor.addInput("x", ir::ValueType::tensorOf(tensor::DataType::float64, ir::SymbolicShape{}));
    auto y = x;
    for (int i = 0; i < 20000; ++i) y = editor.add({.op = "Neg", .inputs = {y}});
    editor.setGraphOutputs(ir::kMain, {y});
    ASSERT_TRUE(ops::inferTypes(editor));
    ops::GradientScope scope(editor, ir::kMain, "");
    EXPECT_TRUE(ops::differentiate(scope, y, std::span(&x, 1)));
    EXPECT_EQ(editor.graph().nodeCount(), 40000u);
}

}  // namespace
}  // namespace lathe::test
