// What a run costs beside its kernels: on ten nodes of four numbers under ten microseconds.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "engine/ir/editor.h"
#include "engine/runtime/session.h"
#include "tests/support/kernel_check.h"
#include "tests/support/time_scale.h"

namespace lathe::runtime {
namespace {

constexpr double kBarSeconds = 10e-6;

double seconds(int64_t nanoseconds) { return static_cast<double>(nanoseconds) * 1e-9; }

TEST(Overhead, OfTenTinyNodes) {
    ir::Editor editor;
    auto value =
        editor.addInput("x", ir::ValueType::tensorOf(tensor::DataType::float32, ir::SymbolicShape{4}));
    for (int i = 0; i < 10; ++i) {
        const auto node = editor.addNode({.op = i % 2 ? "Tanh" : "Exp", .inputs = {value}});
        value = editor.graph().node(node).output();
    }
    editor.setGraphOutputs(ir::kMain, {value});
    const auto session = open(editor.finish(), {.threads = 1});
    ASSERT_TRUE(session) << session.error().message;
    ASSERT_EQ((*session)->plan().size(), 10u);
    const std::vector<tensor::RuntimeValue> inputs = {test::randomFloats({4}, 1)};

    // The shortest of many: other work on the computer only adds.
    double whole = 1, kernels = 1;
    for (int run = 0; run < 3000; ++run) {
        const auto start = std::chrono::steady_clock::now();
        ASSERT_TRUE((*session)->run(inputs));
        whole =
            std::min(whole, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
        std::vector<NodeTime> times;
        times.reserve(16);
        ASSERT_TRUE((*session)->run(inputs, {.nodeTimes = &times}));
        double sum = 0;
        for (const auto& time : times) sum += seconds(time.end - time.start);
        kernels = std::min(kernels, sum);
    }
    EXPECT_LT(whole - kernels, kBarSeconds * test::kTimeScale)
        << whole << " s whole, " << kernels << " s in kernels";
}

}  // namespace
}  // namespace lathe::runtime
