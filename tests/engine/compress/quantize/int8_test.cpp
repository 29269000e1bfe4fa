// Quantization of a small network from end to end: what runs as integers, and how far the numbers move.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "engine/compress/compressor.h"
#include "engine/compress/quantize/validate.h"
#include "engine/ir/editor.h"
#include "engine/ir/text.h"
#include "engine/ir/topology.h"
#include "engine/ops/interpreter.h"

namespace lathe::compress {
namespace {

tensor::Tensor randomTensor(std::vector<int64_t> shape, unsigned seed, float low, float high) {
    std::mt19937 engine(seed);
    std::uniform_real_distribution<float> uniform(low, high);
    auto result = tensor::Tensor::zeros(tensor::DataType::float32, shape);
    for (auto& x : result.mutableValues<float>()) x = uniform(engine);
    return result;
}

class Numbers : public data::Source {
  public:
    int64_t size() const override { return 32; }
    base::Result<data::Sample> at(int64_t index) const override {
        return data::Sample{.input = randomTensor({3, 8, 8}, static_cast<unsigned>(index), -1, 1)};
    }
    std::string describe() const override { return "32 samples, float32 [3, 8, 8]"; }
    const std::vector<std::string>& classNames() const override { return m_names; }

  private:
    std::vector<std::string> m_names;
};

data::DatasetPtr numbers() {
    return std::make_shared<data::Dataset>(std::make_shared<Numbers>(), std::vector<data::Step>{}, "numbers");
}

// Conv -> BatchNormalization -> Relu -> MaxPool -> Conv -> Relu -> GlobalAveragePool -> Conv 1x1
ir::GraphPtr network() {
    ir::Editor editor;
    const auto constant = [&](std::vector<int64_t> shape, unsigned seed, float low = -0.5f,
                              float high = 0.5f) {
        return editor.addConstant(randomTensor(std::move(shape), seed, low, high));
    };
    auto x = editor.addInput(
        "image",
        ir::ValueType::tensorOf(tensor::DataType::float32, ir::SymbolicShape{ir::Dim::symbol("N"), 3, 8, 8}));
    const ir::Attributes padded{{"pads", std::vector<int64_t>{1, 1, 1, 1}}};
    x = editor.add(
        {.op = "Conv", .inputs = {x, constant({8, 3, 3, 3}, 1)}, .attributes = padded, .name = "first"});
    x = editor.add({.op = "BatchNormalization",
                    .inputs = {x, constant({8}, 2, 0.5f, 1.5f), constant({8}, 3), constant({8}, 4),
                               constant({8}, 5, 0.5f, 2)},
                    .name = "norm"});
    x = editor.add({.op = "Relu", .inputs = {x}});
    x = editor.add({.op = "MaxPool",
                    .inputs = {x},
                    .attributes = {{"kernel_shape", std::vector<int64_t>{2, 2}},
                                   {"strides", std::vector<int64_t>{2, 2}}},
                    .name = "pool"});
    x = editor.add({.op = "Conv",
                    .inputs = {x, constant({8, 8, 3, 3}, 6), constant({8}, 7)},
                    .attributes = padded,
                    .name = "second"});
    x = editor.add({.op = "Relu", .inputs = {x}});
    x = editor.add({.op = "GlobalAveragePool", .inputs = {x}});
    x = editor.add(
        {.op = "Conv", .inputs = {x, constant({5, 8, 1, 1}, 8), constant({5}, 9)}, .name = "head"});
    editor.setName(x, "scores");
    editor.setGraphOutputs(ir::kMain, {x});
    return editor.finish();
}

std::vector<double> outputOf(const ir::Graph& graph, const tensor::Tensor& input) {
    const std::vector<tensor::RuntimeValue> inputs{input};
    auto result = ops::interpret(graph, inputs);
    EXPECT_TRUE(result.ok()) << result.error().message;
    return result.ok() ? tensor::toReals(*result->front().tensor()) : std::vector<double>();
}

double noiseRatio(const ir::Graph& exact, const ir::Graph& changed) {
    const auto x = randomTensor({4, 3, 8, 8}, 77, -1, 1);
    const auto a = outputOf(exact, x), b = outputOf(changed, x);
    double signal = 0, noise = 0;
    for (size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        signal += a[i] * a[i];
        noise += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return 10 * std::log10(signal / noise);
}

int64_t countOf(const ir::Graph& graph, std::string_view op) {
    int64_t count = 0;
    for (const auto id : graph.order()) count += graph.node(id).is(op) ? 1 : 0;
    return count;
}

std::vector<quantize::Finding> onEveryProcessor(const ir::Graph& graph) {
    auto findings = quantize::checkQuantized(graph);
    std::erase_if(findings, [](const quantize::Finding& finding) { return finding.somewhere; });
    return findings;
}

TEST(QuantizeInt8, KeepsTheNumbersWithEveryCalibration) {
    const auto graph = network();
    for (const auto* method : {"minmax", "percentile", "mse", "kl"}) {
        const auto change =
            run(graph, "quantize_int8", {{"calibration", std::string(method)}}, {numbers()}, {});
        ASSERT_TRUE(change.ok()) << change.error().message;
        EXPECT_GT(noiseRatio(*graph, *change->graph), 30) << method;
    }
}

TEST(QuantizeInt8, ArrangesTheGraphForIntegerKernels) {
    const auto change = run(network(), "quantize_int8", {}, {numbers()}, {});
    ASSERT_TRUE(change.ok()) << change.error().message;
    const auto& graph = *change->graph;
    EXPECT_TRUE(onEveryProcessor(graph).empty());
    EXPECT_EQ(countOf(graph, "BatchNormalization"), 0);
    // image, after each Relu, after the pools, the scores.
    EXPECT_EQ(countOf(graph, "QuantizeLinear"), 6);
    // The same, and weights and biases of three convolutions.
    EXPECT_EQ(countOf(graph, "DequantizeLinear"), 6 + 6);
    EXPECT_EQ(graph.value(graph.outputs()[0]).name(), "scores");
    for (const auto id : graph.order()) {
        const auto node = graph.node(id);
        if (!node.is("Conv")) continue;
        const auto weights = graph.node(graph.value(node.input(1)).producer());
        EXPECT_EQ(weights.attributes().integer("axis", 1), 0);
        EXPECT_EQ(graph.value(weights.input(0)).type().element, tensor::DataType::int8);
        const auto bias = graph.node(graph.value(node.input(2)).producer());
        EXPECT_EQ(graph.value(bias.input(0)).type().element, tensor::DataType::int32);
    }
}

// What evaluates also calibrates: a model without a batch, one whose batch is larger than the dataset, and
// one that takes single samples though it says its batch is free.
TEST(QuantizeInt8, FeedsWhatTheModelTakes) {
    const std::string weights = "  w = constant float32[2, 3, 1, 1] random 1\n";
    const auto batched = weights + "  y = Conv(x, w)\n}";
    const auto single =
        weights + "  s = constant int64[4] {1, 3, 8, 8}\n  r = Reshape(x, s)\n  y = Conv(r, w)\n}";
    for (const auto& [shape, body] :
         {std::pair("[3, 8, 8]", single), std::pair("[48, 3, 8, 8]", batched),
          std::pair("[5, 3, 8, 8]", batched), std::pair("[N, 3, 8, 8]", single)}) {
        SCOPED_TRACE(shape);
        const auto graph = ir::parseText(fmt::format("graph (x: float32{}) -> (y) {{\n{}", shape, body));
        ASSERT_TRUE(graph.ok()) << graph.error().message;
        const auto change = run(*graph, "quantize_int8", {}, {numbers()}, {});
        ASSERT_TRUE(change.ok()) << change.error().message;
        EXPECT_TRUE(std::ranges::any_of(change->report.lines, [](const ir::ReportLine& line) {
            return line.note.find("calibrated on 32 samples") != std::string::npos;
        }));
    }
}

TEST(QuantizeInt8, RemembersWhereNodesCameFrom) {
    const auto source = network();
    const auto change = run(source, "quantize_int8", {}, {numbers()}, {});
    ASSERT_TRUE(change.ok()) << change.error().message;
    for (const auto id : change->graph->order())
        for (const auto origin : change->graph->node(id).origins())
            EXPECT_TRUE(source->contains(origin)) << change->graph->node(id).label();
}

TEST(QuantizeInt8, LeavesExcludedNodesInFloat) {
    const auto change =
        run(network(), "quantize_int8", {{"exclude", std::vector<std::string>{"he*"}}}, {numbers()}, {});
    ASSERT_TRUE(change.ok()) << change.error().message;
    const auto head = change->graph->findNode("head");
    ASSERT_TRUE(head);
    EXPECT_TRUE(change->graph->value(change->graph->node(head).input(1)).isConstant());
    EXPECT_NE(change->report.lines.back().note.find("head"), std::string::npos);
}

TEST(KeepInFloat, WarnsOfPatternsThatMatchNothing) {
    for (const auto& [compressor, option] :
         {std::pair("quantize_int8", "exclude"), std::pair("convert_float16", "keep")}) {
        const std::vector<std::string> patterns{"Softmax", "he*", "haed"};
        const auto change = run(network(), compressor, {{option, patterns}}, {numbers()}, {});
        ASSERT_TRUE(change.ok()) << change.error().message;
        std::vector<std::string> warned;
        for (const auto& line : change->report.lines)
            if (line.name == "check" && line.warning) warned.push_back(line.title);
        // Softmax is of the list that convert_float16 keeps anyway.
        if (option == std::string("keep"))
            EXPECT_EQ(warned, (std::vector<std::string>{"haed"}));
        else
            EXPECT_EQ(warned, (std::vector<std::string>{"Softmax", "haed"}));
    }
}

TEST(QuantizeInt8, PerTensorAndSymmetricAndSignedWork) {
    const auto graph = network();
    for (const base::Params& options :
         {base::Params{{"per_channel", false}}, base::Params{{"symmetric", true}},
          base::Params{{"activation_type", std::string("int8")}}}) {
        const auto change = run(graph, "quantize_int8", options, {numbers()}, {});
        ASSERT_TRUE(change.ok()) << change.error().message;
        EXPECT_GT(noiseRatio(*graph, *change->graph), 25);
    }
}

// The mean of the error over many samples, which rounding the weights leaves and a bias can take up.
TEST(QuantizeInt8, CorrectsTheMeanOfTheOutputs) {
    for (const int64_t group : {1, 3}) {
        const auto parsed = ir::parseText(fmt::format(R"(graph (x: float32[N, 3, 8, 8]) -> (y) {{
  w = constant float32[6, {}, 1, 1] random 2
  b = constant float32[6] random 3
  r = Abs(x)
  y = Conv(r, w, b) {{group = {}}}
}})",
                                                      3 / group, group));
        ASSERT_TRUE(parsed.ok()) << parsed.error().message;
        const auto errorOf = [&](bool corrected) {
            const auto change =
                run(*parsed, "quantize_int8", {{"per_channel", false}, {"bias_correction", corrected}},
                    {numbers()}, {});
            EXPECT_TRUE(change.ok()) << change.error().message;
            const auto x = randomTensor({64, 3, 8, 8}, 77, -1, 1);
            const auto exact = outputOf(**parsed, x), rounded = outputOf(*change->graph, x);
            std::vector<double> means(6, 0);
            for (size_t i = 0; i < exact.size(); ++i) means[i / 64 % 6] += rounded[i] - exact[i];
            double sum = 0;
            for (const double mean : means) sum += mean * mean;
            return sum;
        };
        EXPECT_LT(errorOf(true), errorOf(false) / 4) << group;
    }
}

TEST(QuantizeInt8, StoresTransposedConvolutionsAsIntegers) {
    for (const int64_t group : {1, 4}) {
        const auto parsed = ir::parseText(fmt::format(R"(graph (x: float32[N, 3, 8, 8]) -> (y) {{
  v = constant float32[8, 3, 1, 1] random 1
  w = constant float32[8, 4, 2, 2] random 2
  b = constant float32[{}] random 3
  a = Conv(x, v)
  r = Relu(a)
  y = ConvTranspose(r, w, b) "up" {{group = {}, kernel_shape = [2, 2], strides = [2, 2]}}
}})",
                                                      4 * group, group));
        ASSERT_TRUE(parsed.ok()) << parsed.error().message;
        const auto change = run(*parsed, "quantize_int8", {}, {numbers()}, {});
        ASSERT_TRUE(change.ok()) << change.error().message;
        const auto& graph = *change->graph;
        const auto up = graph.node(graph.findNode("up"));
        const auto weights = graph.node(graph.value(up.input(1)).producer());
        ASSERT_TRUE(weights.is("DequantizeLinear"));
        EXPECT_EQ(graph.value(weights.input(0)).type().element, tensor::DataType::int8);
        EXPECT_EQ(graph.value(weights.input(1)).constant()->elementCount(), group == 1 ? 4 : 1);
        EXPECT_EQ(weights.attributes().integer("axis", 1), 1);
        const auto bias = graph.node(graph.value(up.input(2)).producer());
        EXPECT_EQ(graph.value(bias.input(0)).type().element, tensor::DataType::int32);
        EXPECT_TRUE(onEveryProcessor(graph).empty());
        EXPECT_GT(noiseRatio(**parsed, graph), 30);
        EXPECT_NE(change->report.lines.back().note.find("1 of 2 nodes with weights run as integers"),
                  std::string::npos)
            << change->report.lines.back().note;
    }
}

TEST(QuantizeInt8, SaysWhatIsMissing) {
    EXPECT_NE(run(network(), "quantize_int8", {}, {}, {}).error().message.find("dataset"), std::string::npos);
    EXPECT_NE(run(network(), "quantize_int4", {}, {}, {}).error().message.find("quantize_int4"),
              std::string::npos);
    const auto none =
        run(network(), "quantize_int8", {{"exclude", std::vector<std::string>{"Conv"}}}, {numbers()}, {});
    EXPECT_NE(none.error().message.find("excluded"), std::string::npos) << none.error().message;
}

TEST(CheckQuantized, FindsAWrongBiasScale) {
    const auto change = run(network(), "quantize_int8", {}, {numbers()}, {});
    ASSERT_TRUE(change.ok());
    ir::Editor editor(change->graph);
    const auto head = change->graph->findNode("head");
    const auto bias = change->graph->value(change->graph->node(head).input(2)).producer();
    const auto scales = editor.addConstant(randomTensor({5}, 1, 0.1f, 1));
    editor.setInput(bias, 1, scales);
    const auto findings = onEveryProcessor(*editor.finish());
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].node, head);
    EXPECT_TRUE(findings[0].wrong);
}

TEST(CheckQuantized, FindsAConvolutionWithoutCodesAfterIt) {
    const auto change = run(network(), "quantize_int8", {}, {numbers()}, {});
    ASSERT_TRUE(change.ok());
    ir::Editor editor(change->graph);
    const auto head = change->graph->findNode("head");
    editor.setGraphOutputs(ir::kMain, {change->graph->node(head).output()});
    const auto findings = onEveryProcessor(*editor.finish());
    ASSERT_FALSE(findings.empty());
    EXPECT_EQ(findings[0].node, head);
    EXPECT_FALSE(findings[0].wrong);
}

TEST(CheckQuantized, FindsSignedCodesWithSeveralReaders) {
    const auto parsed = ir::parseText(R"(graph (x: float32[N, 3, 8, 8]) -> (y) {
  v = constant float32[2, 3, 1, 1] random 1
  w = constant float32[2, 3, 1, 1] random 2
  a = Relu(x)
  c = Conv(a, v) "first"
  d = Conv(a, w) "second"
  y = Add(c, d)
})");
    ASSERT_TRUE(parsed.ok()) << parsed.error().message;
    for (const std::string type : {"int8", "uint8"}) {
        const auto change = run(*parsed, "quantize_int8", {{"activation_type", type}}, {numbers()}, {});
        ASSERT_TRUE(change.ok()) << change.error().message;
        const auto findings = quantize::checkQuantized(*change->graph);
        ASSERT_EQ(findings.size(), 1u);
        EXPECT_TRUE(findings[0].somewhere);
        EXPECT_NE(findings[0].reason.find(type == "int8" ? "Several nodes" : "saturate"), std::string::npos);
    }
}

TEST(ConvertFloat16, HalvesTheWeightsAndKeepsTheNumbers) {
    const auto graph = network();
    for (const bool keepBorders : {true, false}) {
        const auto change = run(graph, "convert_float16", {{"keep_io", keepBorders}}, {}, {});
        ASSERT_TRUE(change.ok()) << change.error().message;
        const auto wanted = keepBorders ? tensor::DataType::float32 : tensor::DataType::float16;
        EXPECT_EQ(change->graph->value(change->graph->inputs()[0]).type().element, wanted);
        EXPECT_EQ(change->graph->value(change->graph->outputs()[0]).type().element, wanted);
        EXPECT_EQ(change->graph->value(change->graph->outputs()[0]).name(), "scores");
        EXPECT_EQ(countOf(*change->graph, "Cast"), keepBorders ? 2 : 0);
        for (uint32_t v = 0; v < change->graph->valueLimit(); ++v) {
            const ir::ValueId id{v};
            if (!change->graph->contains(id) || !change->graph->value(id).isConstant()) continue;
            EXPECT_EQ(change->graph->value(id).constant()->type(), tensor::DataType::float16);
        }
        if (keepBorders) {
            EXPECT_GT(noiseRatio(*graph, *change->graph), 50);
        }
    }
}

TEST(ConvertFloat16, KeepsListedNodesWithCastsAround) {
    const auto graph = network();
    const auto change = run(graph, "convert_float16", {{"keep", std::vector<std::string>{"second"}}}, {}, {});
    ASSERT_TRUE(change.ok()) << change.error().message;
    const auto second = change->graph->node(change->graph->findNode("second"));
    EXPECT_EQ(change->graph->value(second.input(1)).type().element, tensor::DataType::float32);
    EXPECT_EQ(countOf(*change->graph, "Cast"), 4);
    EXPECT_GT(noiseRatio(*graph, *change->graph), 50);
}

TEST(ConvertFloat16, CountsWhatIsTooLargeOrTooSmall) {
    ir::Editor editor;
    const auto x = editor.addInput(
        "x", ir::ValueType::tensorOf(tensor::DataType::float32, ir::SymbolicShape{1, 1, 1, 1}));
    // Half of the smallest number, 2^-25, is a tie that goes to 0; what is above goes up.
    const auto w = editor.addConstant(tensor::Tensor::of<float>({4, 1, 1, 1}, {1e6f, 0x1p-25f, 4e-8f, 1}));
    editor.setGraphOutputs(ir::kMain, {editor.add({.op = "Conv", .inputs = {x, w}})});
    const auto change = run(editor.finish(), "convert_float16", {}, {}, {});
    ASSERT_TRUE(change.ok()) << change.error().message;
    EXPECT_TRUE(change->report.lines[0].warning);
    EXPECT_NE(change->report.lines[0].note.find("1 weights were beyond"), std::string::npos);
    EXPECT_NE(change->report.lines[0].note.find("1 weights were too small"), std::string::npos);
}

}  // namespace
}  // namespace lathe::compress
