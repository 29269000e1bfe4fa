// Sessions that run at the same time, each with all threads, as the window's jobs do.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "engine/ir/text.h"
#include "engine/runtime/session.h"

namespace lathe::runtime {
namespace {

constexpr auto kGraph = R"(opset ai.onnx 21
graph main (a: float32[96, 256], b: float32[256, 256]) -> (y) {
  c = MatMul(a, b)
  d = Relu(c)
  y = MatMul(d, b)
})";

TEST(SeveralSessions, ShareTheThreadsFairly) {
    constexpr size_t kSessions = 3;
    constexpr int kRuns = 2000;
    const auto graph = ir::parseText(kGraph);
    ASSERT_TRUE(graph);
    const auto inputs = randomInputs(**graph, 1);
    ASSERT_TRUE(inputs);
    const auto alone = (*open(*graph))->run(*inputs);
    ASSERT_TRUE(alone);

    std::vector<int> runs(kSessions, 0);
    std::vector<char> same(kSessions, 1);  // bits of a vector<bool> are not apart
    std::atomic<size_t> ready{0};
    std::atomic<bool> stop{false};
    std::vector<std::thread> callers;
    for (size_t i = 0; i < kSessions; ++i)
        callers.emplace_back([&, i] {
            auto session = open(*graph);
            ++ready;
            while (ready < kSessions) std::this_thread::yield();
            bool equal = true;
            int done = 0;
            for (; !stop; ++done) {
                const auto outputs = (*session)->run(*inputs);
                equal = equal && outputs && *(*outputs)[0].tensor() == *(*alone)[0].tensor();
                if (done + 1 == kRuns) stop = true;
            }
            runs[i] = done;
            same[i] = equal;
        });
    for (auto& caller : callers) caller.join();
    for (size_t i = 0; i < kSessions; ++i) {
        EXPECT_TRUE(same[i]) << "session " << i << " computed something else";
        // The fastest ended the race; nobody may have starved meanwhile.
        EXPECT_GT(runs[i], kRuns / 4) << "session " << i;
    }
}

}  // namespace
}  // namespace lathe::runtime
