// The facade over threads, whichever stands behind it.
#include "engine/base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "engine/base/thread_limit.h"

namespace lathe::base {
namespace {

TEST(Workers, VisitEveryItemOnce) {
    const Workers workers(3);
    for (const int64_t count : {0, 1, 2, 11, 12, 13, 1000}) {
        std::vector<std::atomic<int>> visits(static_cast<size_t>(count));
        workers.forRange(count, 7, [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; ++i) ++visits[static_cast<size_t>(i)];
        });
        for (const auto& v : visits) EXPECT_EQ(v, 1);
    }
}

TEST(Workers, RunCallsFromInsideABodyInline) {
    const Workers workers(2);
    std::atomic<int64_t> sum = 0;
    workers.forRange(8, 1, [&](int64_t begin, int64_t end) {
        const auto outer = std::this_thread::get_id();
        workers.forRange(100, 1, [&](int64_t from, int64_t to) {
            EXPECT_EQ(std::this_thread::get_id(), outer);
            sum += (to - from) * (end - begin);
        });
    });
    EXPECT_EQ(sum, 800);
}

TEST(Workers, ServeSeveralCallersAtOnce) {
    const Workers workers(3);
    std::vector<std::thread> callers;
    std::vector<int64_t> sums(4);
    for (size_t c = 0; c < sums.size(); ++c)
        callers.emplace_back([&, c] {
            for (int round = 0; round < 50; ++round) {
                // Plain memory: the call orders what the pieces wrote before what the caller reads.
                std::vector<int64_t> parts(64);
                workers.forRange(64, 1, [&](int64_t begin, int64_t end) {
                    for (int64_t i = begin; i < end; ++i) parts[static_cast<size_t>(i)] = i;
                });
                for (const auto part : parts) sums[c] += part;
            }
        });
    for (auto& caller : callers) caller.join();
    for (const auto sum : sums) EXPECT_EQ(sum, 50 * (63 * 64 / 2));
}

TEST(Workers, AreNoMoreThanTheMachineHasUseFor) {
    const Workers workers(100000);
    EXPECT_EQ(workers.threads(), mostThreads());
    std::atomic<int64_t> sum = 0;
    workers.forRange(1000, 1, [&](int64_t begin, int64_t end) { sum += end - begin; });
    EXPECT_EQ(sum, 1000);
}

}  // namespace
}  // namespace lathe::base
