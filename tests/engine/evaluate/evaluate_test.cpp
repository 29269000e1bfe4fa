#include "engine/evaluate/evaluate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "engine/data/sources.h"
#include "engine/evaluate/json.h"
#include "engine/evaluate/paired_counts.h"
#include "engine/ir/editor.h"
#include "tests/engine/evaluate/fake_session.h"

namespace lathe::evaluate {
namespace {

using tensor::RuntimeValue;
using tensor::Tensor;

ir::GraphPtr oneNode(std::string_view inputType) {
    ir::Editor editor;
    const auto x = editor.addInput("x", *ir::parseType(inputType));
    const auto y = editor.add({.op = "Relu", .inputs = {x}});
    editor.setGraphOutputs(ir::kMain, {y});
    return editor.finish();
}

// Samples of three numbers, which are the scores themselves.
data::Dataset scores(std::vector<float> numbers, std::vector<int64_t> labels) {
    const int64_t shape[] = {static_cast<int64_t>(numbers.size() / 3), 3};
    const auto labelTensor = labels.empty() ? Tensor() : Tensor::vector<int64_t>(labels);
    return {*data::arraySource(Tensor::of<float>(shape, numbers), labelTensor, {"a", "b", "c"}, "test"),
            {},
            "set"};
}

// Gives the input back; counts runs and remembers the largest batch. Refuses batches above `most`.
struct Echo {
    int runs = 0;
    int64_t largest = 0, most = 1000;
    base::Result<std::vector<RuntimeValue>> operator()(std::span<const RuntimeValue> inputs,
                                                       const runtime::RunOptions&) {
        ++runs;
        const auto batch = inputs[0].tensor()->dimension(0);
        if (batch > most) return base::Error{"Reshape: wrong batch"};
        largest = std::max(largest, batch);
        return std::vector<RuntimeValue>{Tensor::scalar<float>(0), *inputs[0].tensor()};
    }
};

const std::vector<float> kScores = {1, 2, 3, 9, 1, 2, 5, 5, 1, 0, NAN, -1, NAN, NAN, NAN};
const std::vector<int64_t> kLabels = {2, 1, 0, 0, 0};  // right, third, right (tie), right, wrong

TEST(Evaluate, CountsTopAnswers) {
    Echo echo;
    test::FakeSession session(oneNode("float32[N, 3]"), std::ref(echo));
    const auto result = evaluate(session, scores(kScores, kLabels), {.topK = 2}, {});
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(echo.runs, 1);
    EXPECT_EQ(result->samples, 5);
    EXPECT_EQ(result->answers, (std::vector<int32_t>{2, 0, 0, 0, -1}));
    EXPECT_EQ(result->correct, (std::vector<uint8_t>{1, 0, 1, 1, 0}));
    ASSERT_EQ(result->metrics.size(), 2u);
    EXPECT_EQ(result->metrics[0].name, "top1");
    EXPECT_DOUBLE_EQ(result->metrics[0].value, 0.6);
    EXPECT_DOUBLE_EQ(result->metrics[0].standardError, std::sqrt(0.6 * 0.4 / 5));
    EXPECT_DOUBLE_EQ(result->metrics[1].value, 0.6);
    EXPECT_EQ(result->confusion, (std::vector<int64_t>{2, 0, 0, 1, 0, 0, 0, 0, 1}));
    EXPECT_EQ(result->classNames, (std::vector<std::string>{"a", "b", "c"}));
}

TEST(Evaluate, FeedsWhatTheModelTakes) {
    for (const auto& [type, runs, largest] :
         {std::tuple("float32[1, 3]", 5, 1), std::tuple("float32[2, 3]", 3, 2),
          std::tuple("float32[...]", 1, 5)}) {
        Echo echo;
        test::FakeSession session(oneNode(type), std::ref(echo));
        const auto result = evaluate(session, scores(kScores, kLabels), {}, {});
        ASSERT_TRUE(result) << type << result.error().message;
        EXPECT_EQ(result->answers.size(), 5u) << type;
        EXPECT_EQ(echo.runs, runs) << type;
        EXPECT_EQ(echo.largest, largest) << type;
    }
}

TEST(Evaluate, FallsBackToSingleSamples) {
    Echo echo{.most = 1};
    test::FakeSession session(oneNode("float32[N, 3]"), std::ref(echo));
    const auto result = evaluate(session, scores(kScores, {}), {}, {});
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(echo.runs, 6);
    EXPECT_EQ(result->answers, (std::vector<int32_t>{2, 0, 0, 0, -1}));
    EXPECT_TRUE(result->metrics.empty());
    EXPECT_TRUE(result->confusion.empty());
}

// Data sorted by class, and data in which the classes take turns: a part has all of them alike.
TEST(Evaluate, SpreadsALimitOverTheDataset) {
    Echo echo;
    test::FakeSession session(oneNode("float32[N, 3]"), std::ref(echo));
    for (const bool sorted : {true, false}) {
        std::vector<float> numbers;
        for (size_t i = 0; i < 300; ++i)
            for (size_t c = 0; c < 3; ++c) numbers.push_back(c == (sorted ? i / 100 : i % 3) ? 1.0f : 0.0f);
        const auto result = evaluate(session, scores(numbers, {}), {.limit = 100}, {});
        ASSERT_TRUE(result) << result.error().message;
        ASSERT_EQ(result->answers.size(), 100u);
        for (int32_t c = 0; c < 3; ++c)
            EXPECT_NEAR(std::ranges::count(result->answers, c), 33, sorted ? 1 : 15) << sorted;
    }
}

TEST(Evaluate, SaysWhatDoesNotFit) {
    Echo echo;
    const auto message = [&](std::string_view type, std::vector<int64_t> labels = kLabels) {
        test::FakeSession session(oneNode(type), std::ref(echo));
        const auto result = evaluate(session, scores(kScores, std::move(labels)), {}, {});
        return result ? "no error" : result.error().message;
    };
    EXPECT_EQ(
        message("uint8[N, 3]"),
        "Input x wants uint8, the samples of set are float32 [3]. Add cast(to=uint8) to the preprocessing.");
    EXPECT_NE(message("float32[N, 4]").find("Input x wants float32[N, 4]"), std::string::npos);
    EXPECT_NE(message("float32[N, 3]", {0, 1, 2, 3, 0}).find("sample 3 has label 3"), std::string::npos);
}

TEST(Evaluate, StopsWhenCancelled) {
    Echo echo;
    test::FakeSession session(oneNode("float32[1, 3]"), std::ref(echo));
    base::Progress progress;
    progress.cancel();
    const auto result = evaluate(session, scores(kScores, kLabels), {}, progress);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, base::Error::Kind::cancelled);
}

TEST(PairedCounts, SplitsTheSamples) {
    Evaluation a, b;
    a.answers = {1, 2, 3, 4, 5};
    b.answers = {1, 2, 0, 0, 0};
    a.correct = {1, 0, 1, 0, 0};
    b.correct = {1, 0, 0, 1, 0};
    const auto counts = pairedCounts(a, b);
    EXPECT_EQ(counts.bothRight, 1);
    EXPECT_EQ(counts.onlyFirst, 1);
    EXPECT_EQ(counts.onlySecond, 1);
    EXPECT_EQ(counts.bothWrong, 2);
    EXPECT_EQ(counts.sameAnswer, 2);
    EXPECT_EQ(counts.total, 5);
    auto other = b;
    other.answers.pop_back();
    EXPECT_EQ(pairedCounts(a, other).total, 0);
    // As many samples of another dataset, or of another file of that name.
    other = b;
    other.dataset = "val.npz";
    EXPECT_EQ(pairedCounts(a, other).total, 0);
    other = b;
    other.datasetIdentity = "5e2d";
    EXPECT_EQ(pairedCounts(a, other).total, 0);
}

TEST(PairedCounts, TestsExactly) {
    EXPECT_DOUBLE_EQ(exactMcNemar(0, 0), 1);
    EXPECT_DOUBLE_EQ(exactMcNemar(7, 7), 1);
    EXPECT_NEAR(exactMcNemar(0, 5), 2.0 / 32, 1e-12);
    EXPECT_NEAR(exactMcNemar(9, 1), 2.0 * (1 + 10) / 1024, 1e-12);
    EXPECT_GT(exactMcNemar(900, 1100), 0);
    EXPECT_LT(exactMcNemar(900, 1100), 1e-4);
}

TEST(EvaluationJson, SurvivesARoundTrip) {
    Evaluation evaluation;
    evaluation.dataset = "digits";
    evaluation.datasetIdentity = "5e2d";
    evaluation.samples = 2;
    evaluation.metrics = {{"top1", "Top-1", 0.5, 0.35, "%"}};
    evaluation.classNames = {"a", "b"};
    evaluation.confusion = {1, 0, 1, 0};
    evaluation.answers = {0, -1};
    evaluation.correct = {1, 0};
    const auto again = evaluationFromJson(nlohmann::json::parse(toJson(evaluation).dump()));
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(toJson(*again), toJson(evaluation));
    Comparison comparison;
    TensorError error;
    error.valueA = {3};
    error.name = "x";
    error.sqnr = INFINITY;
    comparison.tensors = {error};
    const auto other = comparisonFromJson(nlohmann::json::parse(toJson(comparison).dump()));
    ASSERT_TRUE(other) << other.error().message;
    EXPECT_TRUE(std::isinf(other->tensors[0].sqnr));
    EXPECT_EQ(toJson(*other), toJson(comparison));
    EXPECT_NE(evaluationFromJson(nlohmann::json::object()).error().message.find("dataset"),
              std::string::npos);
}

}  // namespace
}  // namespace lathe::evaluate
