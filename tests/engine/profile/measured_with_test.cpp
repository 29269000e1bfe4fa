// When a measurement answers what is asked, and what it needs to know of model and inputs for that.
#include "engine/profile/measured_with.h"

#include <gtest/gtest.h>

#include "engine/base/atomic_file.h"
#include "engine/formats/format.h"
#include "engine/ir/editor.h"
#include "engine/ir/text.h"
#include "engine/profile/conditions.h"
#include "engine/profile/input_shapes.h"
#include "engine/runtime/session.h"
#include "tests/support/test_paths.h"

namespace lathe::profile {
namespace {

constexpr const char* kInputs = "x float32 [1]";

MeasureOptions asked(int threads, std::string cores = "big", Mode mode = Mode::burst) {
    MeasureOptions options;
    options.session.threads = threads;
    options.cores = std::move(cores);
    options.mode = mode;
    return options;
}

Conditions measured(int threads, std::optional<int> wanted) {
    Conditions conditions;
    conditions.threads = threads;
    conditions.threadsWanted = wanted;
    conditions.coresWanted = "big";
    conditions.inputShapes = kInputs;
    return conditions;
}

TEST(MeasuredWith, NeedsTheSameModeCoresThreadsInputs) {
    const auto one = measured(1, 1);
    EXPECT_TRUE(measuredWith(one, asked(1), kInputs));
    EXPECT_FALSE(measuredWith(one, asked(2), kInputs));
    EXPECT_FALSE(measuredWith(one, asked(0), kInputs));
    EXPECT_FALSE(measuredWith(one, asked(1, ""), kInputs));
    EXPECT_FALSE(measuredWith(one, asked(1, "big", Mode::cold), kInputs));
    EXPECT_FALSE(measuredWith(one, asked(1), "x float32 [2]"));
}

TEST(MeasuredWith, TakesOneThreadACoreForThatNumber) {
    const auto all = measured(4, 0);
    EXPECT_TRUE(measuredWith(all, asked(0), kInputs));
    EXPECT_TRUE(measuredWith(all, asked(4), kInputs));
    // Earlier versions did not note what was asked for.
    EXPECT_FALSE(measuredWith(measured(4, {}), asked(0), kInputs));
}

TEST(InputShapes, AreThoseOfTheInputsThatAreMade) {
    const auto graph = ir::parseText(R"(opset ai.onnx 21
graph main (x: float32[N, 2*M, 3], mask: bool[N, K]) -> (y) {
  y = Relu(x)
})");
    ASSERT_TRUE(graph) << graph.error().message;
    const std::map<std::string, int64_t, std::less<>> sizes = {{"N", 2}, {"M", 4}};
    const auto inputs = runtime::randomInputs(**graph, 1, sizes);
    ASSERT_TRUE(inputs) << inputs.error().message;
    EXPECT_EQ(inputShapes(**graph, sizes), "x float32 [2, 8, 3], mask bool [2, 1]");
    EXPECT_EQ(inputShapes(**graph, sizes), inputShapes(**graph, *inputs));
}

TEST(ModelHash, ChangesWithTheDataFile) {
    const test::TemporaryDir folder;
    const auto path = folder.path() / "m.onnx";
    const auto source = ir::parseText(R"(opset ai.onnx 21
graph main (x: float32[1000]) -> (y) {
  y = Relu(x)
})");
    ir::Editor editor(*source);
    const auto w = editor.addConstant(tensor::Tensor::vector<float>(std::vector<float>(1000, 1.5f)), "w");
    editor.setGraphOutputs(ir::kMain, {editor.add({.op = "Add", .inputs = {(*source)->inputs()[0], w}})});
    ASSERT_TRUE(formats::write(*editor.finish(), path, "onnx", {{"external_data", std::string("on")}}, {}));
    const auto hashNow = [&] {
        const auto graph = formats::read(path, {});
        return graph ? modelHash(**graph) : graph.error().message;
    };
    const auto before = hashNow();
    EXPECT_EQ(before.size(), 64u);
    ASSERT_TRUE(base::writeFile(path.string() + ".data", std::string(4000, 'x')));
    EXPECT_NE(hashNow(), before);
}

}  // namespace
}  // namespace lathe::profile
