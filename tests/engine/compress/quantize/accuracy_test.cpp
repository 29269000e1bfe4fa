// What int8 costs on real, trained models with labelled data. The bars are those of the project's
// specification; with 1,000 images the share of equal answers says more than the difference of two
// percentages.
#include <gtest/gtest.h>

#include "engine/compress/compressor.h"
#include "engine/evaluate/evaluate.h"
#include "engine/formats/format.h"
#include "tests/support/test_paths.h"

namespace lathe::compress {
namespace {

constexpr const char* kCifarChain =
    "layout(to=CHW) | scale(by=0.00392156862745098) | normalize(mean=0.485,0.456,0.406; "
    "std=0.229,0.224,0.225)";

struct Case {
    const char* model;
    const char* training;
    const char* trainingSplit;
    const char* test;
    const char* testSplit;
    const char* chain;
    int64_t limit;
    double mostLoss;  // points
};

class Accuracy : public ::testing::TestWithParam<Case> {};

evaluate::Evaluation judge(const ir::GraphPtr& graph, const data::Dataset& dataset, int64_t limit) {
    auto session = runtime::open(graph);
    EXPECT_TRUE(session.ok()) << session.error().message;
    auto result = evaluate::evaluate(**session, dataset, {.limit = limit}, {});
    EXPECT_TRUE(result.ok()) << result.error().message;
    return result.ok() ? *result : evaluate::Evaluation{};
}

TEST_P(Accuracy, StaysWithinTheBar) {
    const auto shared = test::sharedDir();
    if (!shared) GTEST_SKIP() << test::kNoShared;
    const auto& chosen = GetParam();
    const auto graph = formats::read(*shared / "models" / chosen.model, {});
    ASSERT_TRUE(graph.ok()) << graph.error().message;
    const auto training = data::open(*shared / "datasets" / chosen.training,
                                     {.chain = chosen.chain, .split = chosen.trainingSplit}, {});
    ASSERT_TRUE(training.ok()) << training.error().message;
    const auto images = data::open(*shared / "datasets" / chosen.test,
                                   {.chain = chosen.chain, .split = chosen.testSplit}, {});
    ASSERT_TRUE(images.ok()) << images.error().message;
    const auto change = run(*graph, "quantize_int8", {}, {*training}, {});
    ASSERT_TRUE(change.ok()) << change.error().message;
    const auto exact = judge(*graph, **images, chosen.limit),
               integer = judge(change->graph, **images, chosen.limit);
    ASSERT_FALSE(exact.metrics.empty());
    ASSERT_FALSE(integer.metrics.empty());
    const auto paired = evaluate::pairedCounts(exact, integer);
    const double agreement = static_cast<double>(paired.sameAnswer) / static_cast<double>(paired.total);
    RecordProperty("float", std::to_string(exact.metrics[0].value));
    RecordProperty("int8", std::to_string(integer.metrics[0].value));
    RecordProperty("agreement", std::to_string(agreement));
    EXPECT_GE(integer.metrics[0].value, exact.metrics[0].value - chosen.mostLoss / 100)
        << exact.metrics[0].value << " became " << integer.metrics[0].value;
    EXPECT_GE(agreement, 0.985);
}

INSTANTIATE_TEST_SUITE_P(Shared, Accuracy,
                         ::testing::Values(Case{"mnist_cntk_opset8.onnx", "mnist.npz", "train", "mnist.npz",
                                                "test", "cast(to=float32) | layout(to=CHW)", 2000, 0.3},
                                           Case{"cifar10_resnet20.onnx", "cifar10_train4000.npz", "",
                                                "cifar10_test1000.npz", "", kCifarChain, -1, 0.5},
                                           Case{"cifar10_resnet56.onnx", "cifar10_train4000.npz", "",
                                                "cifar10_test1000.npz", "", kCifarChain, -1, 0.5}),
                         [](const auto& tested) {
                             const std::string name = tested.param.model;
                             return name.substr(0, name.find('.'));
                         });

// The other calibrations, on half of the images: a bad range costs tens of points, not tenths.
TEST(Calibrations, StayWithinTheBar) {
    const auto shared = test::sharedDir();
    if (!shared) GTEST_SKIP() << test::kNoShared;
    constexpr int64_t kImages = 500;
    const auto graph = formats::read(*shared / "models/cifar10_resnet20.onnx", {});
    ASSERT_TRUE(graph.ok()) << graph.error().message;
    const auto training = data::open(*shared / "datasets/cifar10_train4000.npz", {.chain = kCifarChain}, {});
    const auto images = data::open(*shared / "datasets/cifar10_test1000.npz", {.chain = kCifarChain}, {});
    ASSERT_TRUE(training.ok()) << training.error().message;
    ASSERT_TRUE(images.ok()) << images.error().message;
    const auto exact = judge(*graph, **images, kImages);
    ASSERT_FALSE(exact.metrics.empty());
    for (const std::string method : {"percentile", "mse", "kl"}) {
        SCOPED_TRACE(method);
        const auto change = run(*graph, "quantize_int8", {{"calibration", method}, {"samples", int64_t{256}}},
                                {*training}, {});
        ASSERT_TRUE(change.ok()) << change.error().message;
        const auto integer = judge(change->graph, **images, kImages);
        ASSERT_FALSE(integer.metrics.empty());
        const auto paired = evaluate::pairedCounts(exact, integer);
        EXPECT_GE(integer.metrics[0].value, exact.metrics[0].value - 0.005);
        EXPECT_GE(static_cast<double>(paired.sameAnswer), 0.985 * static_cast<double>(paired.total));
    }
}

}  // namespace
}  // namespace lathe::compress
