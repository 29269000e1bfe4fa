#include "engine/profile/measure.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "engine/base/pinning.h"
#include "engine/ir/editor.h"
#include "tests/support/kernel_tree.h"

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

TEST(Measure, KeepsSamplesWithTheirStartsAndCores) {
    const auto graph = product();
    MeasureOptions options;
    options.runs = 30;
    const auto allowed = base::allowedCores();
    options.cores = std::to_string(allowed.back());
    int told = 0;
    options.onSample = [&](double start, double seconds) { told += start > 0 && seconds > 0; };
    const auto profile = measure(graph, *runtime::randomInputs(*graph, 1), options, {});
    ASSERT_TRUE(profile) << profile.error().message;
    ASSERT_EQ(profile->starts.size(), 30u);
    EXPECT_EQ(told, 30);
    for (size_t i = 1; i < 30; ++i)
        EXPECT_GE(profile->starts[i], profile->starts[i - 1] + profile->seconds[i - 1]);
    EXPECT_TRUE(profile->conditions.pinned);
    EXPECT_EQ(coresGot(*profile), profile->conditions.coresAsked);
    EXPECT_EQ(profile->conditions.threads, 1) << "one a core";
    EXPECT_GE(profile->series.seconds.size(), 1u);
    EXPECT_EQ(base::allowedCores(), allowed) << "the caller is let go again";
}

TEST(Measure, ColdLoadsForEachSample) {
    const auto graph = product();
    MeasureOptions options;
    options.mode = Mode::cold;
    options.runs = 6;
    const auto profile = measure(graph, *runtime::randomInputs(*graph, 1), options, {});
    ASSERT_TRUE(profile) << profile.error().message;
    ASSERT_EQ(profile->loads.size(), 6u);
    EXPECT_EQ(profile->time.count, 6);
    for (size_t i = 0; i < 6; ++i) EXPECT_LT(profile->loads[i], profile->seconds[i]);
    EXPECT_EQ(profile->loadSeconds, statistics(profile->loads).median);
    EXPECT_GT(profile->firstRunSeconds, 0);
    EXPECT_TRUE(profile->nodes.empty());
    EXPECT_EQ(profile->conditions.warmupRuns, 0);
}

TEST(Measure, SustainedLastsAsLongAsAsked) {
    const auto graph = product();
    MeasureOptions options;
    options.mode = Mode::sustained;
    options.runs = 1;  // not counted
    options.seconds = 0.3;
    const auto profile = measure(graph, *runtime::randomInputs(*graph, 1), options, {});
    ASSERT_TRUE(profile) << profile.error().message;
    EXPECT_GE(profile->starts.back() + profile->seconds.back() - profile->starts.front(), 0.15);
    EXPECT_GT(profile->nodes[0].seconds.size(), 0u);
    EXPECT_LT(profile->nodes[0].seconds.size(), profile->seconds.size() / 5 + 2);
}

// However many runs a second a model makes, the samples of a long measurement stay few and cover all of it.
TEST(Measure, SustainedSamplesAreThinnedOut) {
    ir::Editor editor;
    const auto x =
        editor.addInput("x", ir::ValueType::tensorOf(tensor::DataType::float32, ir::SymbolicShape{1}));
    editor.setGraphOutputs(ir::kMain, {editor.add({.op = "Relu", .inputs = {x}})});
    const auto graph = editor.finish();
    MeasureOptions options;
    options.mode = Mode::sustained;
    options.seconds = 0.5;
    options.nodes = false;
    int64_t told = 0;
    options.onSample = [&](double, double) { ++told; };
    const auto profile = measure(graph, *runtime::randomInputs(*graph, 1), options, {});
    ASSERT_TRUE(profile) << profile.error().message;
    EXPECT_LT(profile->seconds.size(), 20'000u);
    EXPECT_LE(static_cast<int64_t>(profile->seconds.size()), told);
    EXPECT_EQ(profile->cores.size(), profile->seconds.size());
    EXPECT_TRUE(std::is_sorted(profile->starts.begin(), profile->starts.end()));
    EXPECT_GT(profile->starts.back() - profile->starts.front(), 0.25);
}

TEST(Measure, KeepsAPartWhenAsked) {
    const auto graph = product();
    const auto inputs = *runtime::randomInputs(*graph, 1);
    for (const bool keep : {false, true}) {
        base::Progress progress;
        MeasureOptions options;
        options.mode = Mode::sustained;
        options.seconds = 1000;
        options.keepPartial = keep;
        int samples = 0;
        options.onSample = [&](double, double) {
            if (++samples == 10) progress.cancel();
        };
        const auto profile = measure(graph, inputs, options, progress);
        ASSERT_EQ(profile.ok(), keep);
        if (!keep) continue;
        EXPECT_TRUE(profile->has(Flag::partial));
        EXPECT_EQ(profile->time.count, 10);
        EXPECT_GT(profile->packedBytes, 0u);
    }
}

TEST(Measure, ReadsTheStateOfThePhoneItIsToldOf) {
    const test::KernelTree tree;
    tree.makePhone();
    const auto graph = product();
    MeasureOptions options;
    options.root = tree.root();
    options.runs = 5;
    options.cores = "big";  // which need not be here: then the system refuses
    options.coolDown = {0.05, 20};
    const auto profile = measure(graph, *runtime::randomInputs(*graph, 1), options, {});
    ASSERT_TRUE(profile) << profile.error().message;
    EXPECT_EQ(profile->before.battery->percent, 80);
    EXPECT_EQ(hottest(profile->after), 33);
    EXPECT_EQ(profile->conditions.coresAsked, std::vector<int>{7});
    EXPECT_EQ(profile->conditions.cooledDown, false);
    EXPECT_TRUE(profile->has(Flag::warmStart));
    if (base::allowedCores().back() < 7) {
        EXPECT_TRUE(profile->has(Flag::notPinned));
    }
    options.cores = "9";
    EXPECT_EQ(measure(graph, *runtime::randomInputs(*graph, 1), options, {}).error().message,
              "There is no core 9 here. There are little 0-3, middle 4-6, big 7.");
}

}  // namespace
}  // namespace lathe::profile
