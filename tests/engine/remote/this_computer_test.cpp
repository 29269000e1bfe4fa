// This computer as a device: who measures on it.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <thread>

#include "engine/ir/editor.h"
#include "engine/remote/device.h"

namespace lathe::remote {
namespace {

using namespace std::chrono_literals;

ir::GraphPtr product() {
    ir::Editor editor;
    const auto x =
        editor.addInput("x", ir::ValueType::tensorOf(tensor::DataType::float32, ir::SymbolicShape{256, 256}));
    const auto y = editor.add({.op = "MatMul", .inputs = {x, x}, .name = "m"});
    editor.setGraphOutputs(ir::kMain, {y});
    return editor.finish();
}

TEST(ThisComputer, MeasuresOneThingAtATime) {
    base::Progress first, second;
    std::atomic<bool> measuring{false};
    profile::MeasureOptions options;
    options.mode = profile::Mode::sustained;
    options.seconds = 1000;
    options.onSample = [&](double, double) { measuring = true; };
    const auto graph = product();
    const auto inputs = *runtime::randomInputs(*graph, 1);
    auto endless = std::async(std::launch::async,
                              [&] { return thisComputer()->measure(graph, inputs, options, first).ok(); });
    while (!measuring) std::this_thread::sleep_for(1ms);
    auto waiting =
        std::async(std::launch::async, [&] { return thisComputer()->search(graph, inputs, {}, second); });
    const auto until = std::chrono::steady_clock::now() + 20s;
    while (second.snapshot().stage.find("Waiting") == std::string::npos &&
           std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(1ms);
    EXPECT_EQ(second.snapshot().stage, "Waiting for another measurement on this computer");
    second.cancel();
    const auto result = waiting.get();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, base::Error::Kind::cancelled);
    first.cancel();
    EXPECT_FALSE(endless.get());
    // The turn is given back.
    EXPECT_TRUE(thisComputer()->machine(1, {}, base::Progress()));
}

}  // namespace
}  // namespace lathe::remote
