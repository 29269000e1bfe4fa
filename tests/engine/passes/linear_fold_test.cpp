// The passes that merge arithmetic into weights, on built graphs: the numbers stay, the nodes go.
#include <gtest/gtest.h>

#include <random>

#include "engine/ops/interpreter.h"
#include "engine/passes/pass.h"

namespace lathe::passes {
namespace {

using ir::ValueId;

tensor::Tensor randomTensor(std::vector<int64_t> shape, unsigned seed, float low = -1, float high = 1) {
    std::mt19937 engine(seed);
    std::uniform_real_distribution<float> uniform(low, high);
    auto result = tensor::Tensor::zeros(tensor::DataType::float32, shape);
    for (auto& x : result.mutableValues<float>()) x = uniform(engine);
    return result;
}

struct Builder {
    ir::Editor editor;
    ValueId input(std::vector<int64_t> shape) {
        return editor.addInput("x",
                               ir::ValueType::tensorOf(tensor::DataType::float32, ir::symbolicShape(shape)));
    }
    ValueId constant(std::vector<int64_t> shape, unsigned seed, float low = -1, float high = 1) {
        return editor.addConstant(randomTensor(std::move(shape), seed, low, high));
    }
    ValueId batchNorm(ValueId x, int64_t channels) {
        return editor.add({.op = "BatchNormalization",
                           .inputs = {x, constant({channels}, 11), constant({channels}, 12),
                                      constant({channels}, 13), constant({channels}, 14, 0.5f, 2)},
                           .name = "bn"});
    }
    ir::GraphPtr finish(ValueId output) {
        editor.setGraphOutputs(ir::kMain, {output});
        return editor.finish();
    }
};

std::vector<double> outputOf(const ir::Graph& graph, const tensor::Tensor& input) {
    const std::vector<tensor::RuntimeValue> inputs{input};
    auto result = ops::interpret(graph, inputs);
    EXPECT_TRUE(result.ok()) << result.error().message;
    return result.ok() ? tensor::toReals(*result->front().tensor()) : std::vector<double>();
}

// Runs one pass, expects one node to remain and the numbers to stay.
ir::GraphPtr expectFolded(const ir::GraphPtr& graph, const char* pass, std::vector<int64_t> inputShape,
                          uint32_t nodes = 1) {
    const std::vector<Step> steps{{.name = pass}, {.name = "remove_unused"}};
    const auto change = run(graph, steps, {});
    EXPECT_TRUE(change.ok()) << change.error().message;
    if (!change.ok()) return graph;
    EXPECT_EQ(change->graph->nodeCount(), nodes);
    const auto x = randomTensor(std::move(inputShape), 99);
    const auto before = outputOf(*graph, x), after = outputOf(*change->graph, x);
    EXPECT_EQ(before.size(), after.size());
    double scale = 1e-3;
    for (const auto number : before) scale = std::max(scale, std::abs(number));
    for (size_t i = 0; i < std::min(before.size(), after.size()); ++i)
        EXPECT_NEAR(before[i], after[i], 1e-5 * scale) << "element " << i;
    return change->graph;
}

TEST(FoldBatchNorm, IntoConvolution) {
    Builder b;
    const auto x = b.input({1, 4, 6, 6});
    const auto conv =
        b.editor.add({.op = "Conv",
                      .inputs = {x, b.constant({6, 2, 3, 3}, 1), b.constant({6}, 2)},
                      .attributes = {{"group", int64_t{2}}, {"pads", std::vector<int64_t>{1, 1, 1, 1}}},
                      .name = "conv"});
    const auto graph = b.finish(b.batchNorm(conv, 6));
    const auto folded = expectFolded(graph, "fold_batch_norm", {1, 4, 6, 6});
    const auto node = folded->node(folded->order()[0]);
    EXPECT_EQ(node.name(), "conv");
    EXPECT_EQ(node.origins().size(), 2u);
    EXPECT_EQ(folded->value(folded->outputs()[0]).name(), graph->value(graph->outputs()[0]).name());
}

TEST(FoldBatchNorm, IntoTransposedConvolutionWithGroups) {
    Builder b;
    const auto x = b.input({1, 4, 5, 5});
    const auto conv = b.editor.add({.op = "ConvTranspose",
                                    .inputs = {x, b.constant({4, 3, 2, 2}, 1)},
                                    .attributes = {{"group", int64_t{2}}}});
    expectFolded(b.finish(b.batchNorm(conv, 6)), "fold_batch_norm", {1, 4, 5, 5});
}

TEST(FoldBatchNorm, IntoGemmEitherWay) {
    for (const int64_t transposed : {0, 1}) {
        Builder b;
        const auto x = b.input({3, 4});
        const auto weights =
            b.constant(transposed ? std::vector<int64_t>{5, 4} : std::vector<int64_t>{4, 5}, 1);
        const auto gemm =
            b.editor.add({.op = "Gemm",
                          .inputs = {x, weights, b.constant({5}, 2)},
                          .attributes = {{"transB", transposed}, {"alpha", 0.5f}, {"beta", 2.0f}}});
        expectFolded(b.finish(b.batchNorm(gemm, 5)), "fold_batch_norm", {3, 4});
    }
}

TEST(FoldBatchNorm, BeforeAnUnpaddedConvolutionOnly) {
    for (const int64_t pad : {0, 1}) {
        Builder b;
        const auto x = b.input({1, 4, 6, 6});
        const auto conv = b.editor.add({.op = "Conv",
                                        .inputs = {b.batchNorm(x, 4), b.constant({5, 4, 3, 3}, 1)},
                                        .attributes = {{"pads", std::vector<int64_t>(4, pad)}}});
        expectFolded(b.finish(conv), "fold_batch_norm", {1, 4, 6, 6}, pad == 0 ? 1 : 2);
    }
}

TEST(FoldBatchNorm, LeavesAConvolutionThatOthersRead) {
    Builder b;
    const auto x = b.input({1, 2, 4, 4});
    const auto conv = b.editor.add({.op = "Conv", .inputs = {x, b.constant({3, 2, 1, 1}, 1)}});
    const auto norm = b.batchNorm(conv, 3);
    b.editor.setGraphOutputs(ir::kMain, {norm, conv});
    const auto graph = b.editor.finish();
    const std::vector<Step> steps{{.name = "fold_batch_norm"}};
    const auto change = run(graph, steps, {});
    ASSERT_TRUE(change.ok()) << change.error().message;
    EXPECT_EQ(change->report.lines[0].count, 0);
    EXPECT_EQ(change->graph->nodeCount(), 2u);
}

TEST(Runner, NamesAnUnknownPass) {
    const std::vector<Step> steps{{.name = "no_such_pass"}};
    const auto change = run(ir::Editor().finish(), steps, {});
    ASSERT_FALSE(change.ok());
    EXPECT_NE(change.error().message.find("no_such_pass"), std::string::npos);
}

TEST(Runner, StopsWhenCancelled) {
    base::Progress progress;
    progress.cancel();
    const auto change = run(ir::Editor().finish(), findPreset("basic")->steps, progress);
    ASSERT_FALSE(change.ok());
    EXPECT_EQ(change.error().kind, base::Error::Kind::cancelled);
}

TEST(Presets, NameKnownPassesOnly) {
    for (const auto& preset : presets())
        for (const auto& step : preset.steps)
            EXPECT_NE(find(step.name), nullptr) << preset.name << ": " << step.name;
    EXPECT_EQ(findPreset("none of these"), nullptr);
}

}  // namespace
}  // namespace lathe::passes
