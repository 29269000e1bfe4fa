// Real models: every preset leaves a graph that answers like the original.
#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/log.h"
#include "engine/formats/format.h"
#include "engine/ir/text.h"
#include "engine/ops/infer.h"
#include "engine/passes/pass.h"
#include "engine/runtime/session.h"
#include "tests/support/test_paths.h"

namespace lathe::passes {
namespace {

struct Case {
    const char* file;
    uint32_t mostNodes;  // after preset extended; 0: not stated
    std::map<std::string, tensor::Shape> shapes = {};
};

class Models : public ::testing::TestWithParam<Case> {};

// Largest difference of any output, relative to the largest magnitude of that output.
double difference(const ir::GraphPtr& a, const ir::GraphPtr& b, const Case& model, uint64_t seed) {
    auto inputs = runtime::randomInputs(*a, seed, {}, model.shapes);
    EXPECT_TRUE(inputs.ok()) << inputs.error().message;
    std::vector<std::vector<tensor::RuntimeValue>> results;
    for (const auto& graph : {a, b}) {
        auto session = runtime::open(graph);
        EXPECT_TRUE(session.ok()) << session.error().message;
        if (!session.ok()) return INFINITY;
        auto result = (*session)->run(*inputs);
        EXPECT_TRUE(result.ok()) << result.error().message;
        if (!result.ok()) return INFINITY;
        results.push_back(std::move(*result));
    }
    double worst = 0;
    for (size_t i = 0; i < results[0].size(); ++i) {
        const auto x = tensor::toReals(*results[0][i].tensor()), y = tensor::toReals(*results[1][i].tensor());
        EXPECT_EQ(results[0][i].tensor()->shape(), results[1][i].tensor()->shape());
        double scale = 1e-6;
        for (const double number : x) scale = std::max(scale, std::fabs(number));
        for (size_t k = 0; k < std::min(x.size(), y.size()); ++k) {
            const double apart = std::fabs(x[k] - y[k]) / scale;
            worst = std::isnan(apart) ? INFINITY : std::max(worst, apart);
        }
    }
    return worst;
}

TEST_P(Models, EveryPresetKeepsTheAnswers) {
    const auto shared = test::sharedDir();
    if (!shared) GTEST_SKIP() << test::kNoShared;
    const auto graph = formats::read(*shared / "models" / GetParam().file, {});
    ASSERT_TRUE(graph.ok()) << graph.error().message;
    for (const auto& preset : presets()) {
        const auto change = run(*graph, preset.steps, {});
        ASSERT_TRUE(change.ok()) << change.error().message;
        EXPECT_LE(change->report.nodesAfter, change->report.nodesBefore);
        EXPECT_LT(difference(*graph, change->graph, GetParam(), 5), 1e-4) << preset.name;
        if (preset.name == "extended" && GetParam().mostNodes > 0) {
            EXPECT_LE(change->report.nodesAfter, GetParam().mostNodes) << ir::printText(*change->graph);
        }
    }
}

// What every named floating value holds in a run.
std::map<std::string, std::vector<double>> heldBy(const ir::GraphPtr& graph,
                                                  std::span<const tensor::RuntimeValue> inputs) {
    std::map<std::string, std::vector<double>> held;
    std::vector<ir::ValueId> values;
    for (const auto id : graph->order())
        for (const auto value : graph->node(id).outputs())
            if (value) values.push_back(value);
    runtime::RunOptions options;
    options.capture = values;
    options.onCapture = [&](ir::ValueId value, const tensor::Tensor& tensor) {
        if (tensor::isFloat(tensor.type()))
            held[std::string(graph->value(value).name())] = tensor::toReals(tensor);
    };
    auto session = runtime::open(graph);
    EXPECT_TRUE(session.ok() && (*session)->run(inputs, options).ok());
    return held;
}

// Files are compared by the names of values: a value that took in the next node's work takes its name.
TEST_P(Models, NamesKeepTheirMeaning) {
    const auto shared = test::sharedDir();
    if (!shared) GTEST_SKIP() << test::kNoShared;
    const auto graph = formats::read(*shared / "models" / GetParam().file, {});
    ASSERT_TRUE(graph.ok()) << graph.error().message;
    const auto inputs = runtime::randomInputs(**graph, 5, {}, GetParam().shapes);
    ASSERT_TRUE(inputs.ok()) << inputs.error().message;
    const auto before = heldBy(*graph, *inputs);
    const auto change = run(*graph, presets().back().steps, {});
    ASSERT_TRUE(change.ok()) << change.error().message;
    size_t alike = 0;
    for (const auto& [name, numbers] : heldBy(change->graph, *inputs)) {
        const auto it = before.find(name);
        if (it == before.end() || it->second.size() != numbers.size()) continue;
        double error = 0, power = 0;
        for (size_t i = 0; i < numbers.size(); ++i) {
            error += std::pow(numbers[i] - it->second[i], 2);
            power += std::pow(it->second[i], 2);
        }
        // 60 dB: rounding leaves a hundred and more, another meaning some tens at most.
        EXPECT_LE(error, power * 1e-6) << name;
        ++alike;
    }
    EXPECT_GT(alike, 5u);
}

// What the rules find must not contradict the shapes that exporters wrote into the files.
TEST_P(Models, ShapesAgreeWithTheFile) {
    const auto shared = test::sharedDir();
    if (!shared) GTEST_SKIP() << test::kNoShared;
    std::string warnings;
    const auto before =
        base::setLogReceiver([&](std::string_view message) { (warnings += message) += '\n'; });
    const auto graph = formats::read(*shared / "models" / GetParam().file, {});
    auto typed = graph.ok() ? ops::inferred(*graph) : base::Result<ir::GraphPtr>(graph.error());
    base::setLogReceiver(before);
    ASSERT_TRUE(typed.ok()) << typed.error().message;
    EXPECT_EQ(warnings, "");
}

INSTANTIATE_TEST_SUITE_P(
    Shared, Models,
    ::testing::Values(Case{"mnist_cntk_opset8.onnx", 9}, Case{"cifar10_resnet20.onnx", 0},
                      Case{"squeezenet_v1.1.onnx", 0}, Case{"mobilenet_v2_0.35_128.onnx", 0},
                      Case{"ultraface_rfb_320.onnx", 110}, Case{"blazeface_front_128.onnx", 89},
                      Case{"ppocrv4_det.onnx", 225, {{"x", {1, 3, 64, 96}}}}, Case{"dtln_1.onnx", 0},
                      Case{"silero_vad_16k_op15.onnx", 72, {{"input", {1, 576}}, {"state", {2, 1, 128}}}},
                      Case{"magika_v3_3.onnx", 0}),
    [](const auto& tested) {
        std::string name = tested.param.file;
        name = name.substr(0, name.find('.'));
        return name;
    });

}  // namespace
}  // namespace lathe::passes
