// The interface for somebody's program: what it gives, and what it says when something is wrong.
#include "engine/deploy/predictor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "engine/formats/lathe/lathe.h"
#include "engine/ir/text.h"
#include "tests/support/test_paths.h"

namespace lathe {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// A .lathe file of a graph in text form.
class PredictorTest : public testing::Test {
  protected:
    std::string write(std::string_view text) {
        const auto graph = ir::parseText(text);
        EXPECT_TRUE(graph.ok()) << (graph.ok() ? "" : graph.error().message);
        const auto path = m_folder.path() / "model.lathe";
        EXPECT_TRUE(formats::flat::writeFile(**graph, path, {}, {}).ok());
        return path.string();
    }
    Predictor loaded(std::string_view text) {
        auto predictor = Predictor::load({.modelPath = write(text), .threads = 1});
        EXPECT_TRUE(predictor) << predictor.error();
        return std::move(*predictor);
    }
    test::TemporaryDir m_folder;
};

constexpr std::string_view kSum = R"(opset ai.onnx 21
graph main (a: float32[N, 2], b: float32[2]) -> (y) {
  y = Add(a, b)
})";

TEST_F(PredictorTest, runsOnWhatWasSet) {
    auto predictor = loaded(kSum);
    ASSERT_EQ(predictor.inputCount(), 2u);
    EXPECT_EQ(predictor.input(0).name(), "a");
    EXPECT_EQ(predictor.input(0).type(), ElementType::float32);
    EXPECT_THAT(predictor.input(0).shape(), ElementsAre(-1, 2));
    const std::vector<float> a{1, 2, 3, 4}, b{10, 20};
    ASSERT_TRUE(predictor.input(0).set<float>(a));
    ASSERT_TRUE(predictor.input("b")->set<float>(b));
    ASSERT_TRUE(predictor.run());
    EXPECT_THAT(predictor.output("y")->shape(), ElementsAre(2, 2));
    EXPECT_THAT(*predictor.output(0).data<float>(), ElementsAre(11, 22, 13, 24));

    // Inputs stay as they were set; another shape is another plan.
    const int64_t shape[] = {1, 2};
    ASSERT_TRUE(predictor.input(0).set<float>(std::span(b), shape));
    ASSERT_TRUE(predictor.run());
    EXPECT_THAT(*predictor.output(0).data<float>(), ElementsAre(20, 40));
}

TEST_F(PredictorTest, saysWhatIsWrongWithAnInput) {
    auto predictor = loaded(kSum);
    const std::vector<float> three(3);
    const std::vector<double> two(2);
    EXPECT_EQ(predictor.input(0).set<double>(two).error(), "Input \"a\": expected float32, given float64.");
    EXPECT_EQ(predictor.input(1).set<float>(three).error(),
              "Input \"b\": 12 bytes were given; float32 [2] does not have as many.");
    EXPECT_THAT(predictor.input(0).set<float>(three).error(), HasSubstr("Input \"a\": 12 bytes"));
    const int64_t shape[] = {3, 1}, negative[] = {-1, 2}, huge[] = {INT64_MAX, 2};
    EXPECT_EQ(predictor.input(0).set<float>(std::span(three), shape).error(),
              "Input \"a\": expected the shape [-1, 2], given [3, 1].");
    EXPECT_FALSE(predictor.input(0).set<float>(std::span(three), negative));
    EXPECT_FALSE(predictor.input(0).set<float>(std::span(three), huge));
    EXPECT_EQ(predictor.input("c").error(), "The model has no input \"c\". There are: a, b.");
    EXPECT_EQ(predictor.output("z").error(), "The model has no output \"z\". There are: y.");
    EXPECT_EQ(predictor.input(2).set<float>(three).error(), "There is no input 2: the model has 2.");
    EXPECT_EQ(predictor.input(2).name(), "");
    const auto status = predictor.run();
    EXPECT_EQ(status.error(), "Input \"a\" is missing: give float32[N, 2].");
    EXPECT_EQ(status.failure().kind, Failure::Kind::badInput);
}

TEST_F(PredictorTest, saysWhatIsWrongWithAnOutput) {
    auto predictor = loaded(kSum);
    EXPECT_EQ(predictor.output(0).data<float>().error(),
              "Output \"y\": nothing was run yet, or the last run failed.");
    const std::vector<float> two(2);
    ASSERT_TRUE(predictor.input(0).set<float>(two));
    ASSERT_TRUE(predictor.input(1).set<float>(two));
    ASSERT_TRUE(predictor.run());
    EXPECT_EQ(predictor.output(0).data<int8_t>().error(), "Output \"y\" is float32; int8 was asked for.");
    EXPECT_EQ(predictor.output(1).data<float>().error(), "There is no output 1: the model has 1.");
}

TEST_F(PredictorTest, saysWhyAModelCannotBeLoaded) {
    const auto path = write(kSum);
    EXPECT_THAT(Predictor::load({.modelPath = "/none/model.lathe"}).error(), HasSubstr("/none/model.lathe"));
    EXPECT_EQ(Predictor::load({}).error(), "Give the path of a model or its bytes, one of the two.");
    EXPECT_EQ(Predictor::load({.modelPath = path, .threads = -2}).error(), "-2 threads: give 0 or more.");
    EXPECT_EQ(Predictor::load({.modelPath = path, .cores = {100000}}).error(),
              "There is no processor 100000 that this program may run on.");
    std::ifstream file(path, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(file), {});
    for (const size_t size : {size_t{1}, size_t{40}, bytes.size() - 1}) {
        const auto part = std::as_bytes(std::span(bytes).first(size));
        const auto truncated = Predictor::load({.modelBytes = part});
        ASSERT_FALSE(truncated) << size;
        EXPECT_EQ(truncated.failure().kind, Failure::Kind::badInput);
        EXPECT_THAT(truncated.error(), HasSubstr("model: "));
    }
    EXPECT_TRUE(Predictor::load({.modelBytes = std::as_bytes(std::span(bytes))}));

    const auto unknown = write(R"(opset ai.onnx 21
graph main (x: float32[2]) -> (y) {
  y = Mystery(x)
})");
    EXPECT_THAT(Predictor::load({.modelPath = unknown}).error(),
                HasSubstr(unknown + ": The model cannot be run: no evaluation is known for Mystery"));
}

TEST_F(PredictorTest, keepsToItsProcessorsAndGivesThemBack) {
    const auto before = std::thread::hardware_concurrency();
    const auto predictor = Predictor::load({.modelPath = write(kSum), .cores = {0}});
    ASSERT_TRUE(predictor) << predictor.error();
    EXPECT_THAT(predictor->deviceName(), HasSubstr("1 thread,"));
    EXPECT_EQ(std::thread::hardware_concurrency(), before);
}

}  // namespace
}  // namespace lathe
