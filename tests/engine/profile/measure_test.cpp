#include "engine/profile/measure.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <numeric>

#include "engine/ir/editor.h"

namespace lathe::profile {
namespace {

TEST(Statistics, OfNothingIsZero) { EXPECT_EQ(statistics({}).count, 0); }

TEST(Statistics, InterpolatesBetweenOrderStatistics) {
    const std::vector<double> samples = {4, 1, 3, 2};
    const auto s = statistics(samples);
    EXPECT_EQ(s.count, 4);
    EXPECT_DOUBLE_EQ(s.median, 2.5);
    EXPECT_DOUBLE_EQ(s.mean, 2.5);
    EXPECT_DOUBLE_EQ(s.minimum, 1);
    EXPECT_DOUBLE_EQ(s.maximum, 4);
    EXPECT_DOUBLE_EQ(s.p90, 3.7);
    EXPECT_DOUBLE_EQ(s.p99, 3.97);
    EXPECT_DOUBLE_EQ(s.medianAbsoluteDeviation, 1);  // |4-2.5| ... = 1.5 1.5 0.5 0.5
}

ir::GraphPtr product() {
    ir::Editor editor;
    const auto x =
        editor.addInput("x", ir::ValueType::tensorOf(tensor::DataType::float32, ir::SymbolicShape{64, 128}));
    auto weight = tensor::Tensor::zeros(tensor::DataType::float32, tensor::Shape{128, 256});
    const auto y =
        editor.add({.op = "MatMul", .inputs = {x, editor.addConstant(std::move(weight), "w")}, .name = "m"});
    const auto z = editor.add({.op = "Relu", .inputs = {y}, .name = "r"});
    editor.setGraphOutputs(ir::kMain, {z});
    return editor.finish();
}

TEST(Measure, BooksTimesOnNodes) {
    const auto graph = product();
    const auto inputs = *runtime::randomInputs(*graph, 1);
    MeasureOptions options;
    options.runs = 30;
    options.session.threads = 1;
    const auto profile = measure(graph, inputs, options, {});
    ASSERT_TRUE(profile) << profile.error().message;
    EXPECT_EQ(profile->time.count, 30);
    EXPECT_EQ(profile->conditions.inputShapes, "x float32 [64, 128]");
    EXPECT_EQ(profile->conditions.threads, 1);
    ASSERT_EQ(profile->nodes.size(), 2u);
    EXPECT_EQ(profile->nodes[0].node, graph->findNode("m"));
    EXPECT_EQ(profile->nodes[0].macs, 64.0 * 128 * 256);
    EXPECT_EQ(profile->nodes[0].kernel, "mat_mul_packed");
    EXPECT_EQ(profile->nodes[0].seconds.size(), 30u);
    EXPECT_EQ(profile->timeline.size(), 2u);
    EXPECT_GT(profile->peakResidentBytes, 1000000u);
    double sum = 0;
    for (const auto& node : profile->nodes) sum += node.time.median;
    EXPECT_LE(sum, profile->time.maximum * 2);
    EXPECT_GT(sum, 0);
}

TEST(Measure, WritesATraceOfTheMedianRun) {
    const auto graph = product();
    const auto inputs = *runtime::randomInputs(*graph, 1);
    MeasureOptions options;
    options.runs = 5;
    const auto profile = measure(graph, inputs, options, {});
    ASSERT_TRUE(profile);
    const auto trace = nlohmann::json::parse(traceJson(*profile, *graph));
    ASSERT_EQ(trace.at("traceEvents").size(), 4u);
    const auto& event = trace["traceEvents"][2];
    EXPECT_EQ(event["ph"], "X");
    EXPECT_EQ(event["cat"], "MatMul");
    EXPECT_EQ(event["args"]["kernel"], "mat_mul_packed");
}

TEST(Measure, StopsWhenCancelled) {
    const auto graph = product();
    base::Progress progress;
    progress.cancel();
    const auto profile = measure(graph, *runtime::randomInputs(*graph, 1), {}, progress);
    ASSERT_FALSE(profile);
    EXPECT_EQ(profile.error().kind, base::Error::Kind::cancelled);
}

}  // namespace
}  // namespace lathe::profile
