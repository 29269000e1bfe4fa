#include "engine/profile/search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "engine/ir/text.h"
#include "tests/support/kernel_tree.h"

namespace lathe::profile {
namespace {

using testing::ElementsAre;

std::vector<std::string> texts(const std::vector<Configuration>& list) {
    std::vector<std::string> result;
    for (const auto& configuration : list) {
        result.push_back(describe(configuration));
        // Each copy has as many cores as threads, and shares none.
        std::vector<int> all;
        for (const auto& cores : configuration.cores) all.insert(all.end(), cores.begin(), cores.end());
        std::sort(all.begin(), all.end());
        EXPECT_EQ(std::adjacent_find(all.begin(), all.end()), all.end()) << result.back();
    }
    return result;
}

TEST(Search, TriesEachKindOfCore) {
    const test::KernelTree tree;
    tree.makePhone();
    EXPECT_THAT(
        texts(configurations(base::readCores(tree.root()), true)),
        ElementsAre("1 thread on big", "1 thread on middle", "2 threads on middle", "3 threads on middle",
                    "1 thread on little", "2 threads on little", "3 threads on little", "4 threads on little",
                    "8 threads on all", "4 copies x 1 thread on fast", "2 copies x 2 threads on fast",
                    "8 copies x 1 thread on all", "4 copies x 2 threads on all",
                    "2 copies x 4 threads on all"));
}

TEST(Search, TriesThreadsOnAnOrdinaryComputer) {
    std::vector<base::Core> cores(4);
    for (int i = 0; i < 4; ++i) cores[static_cast<size_t>(i)].number = i;
    EXPECT_THAT(texts(configurations(cores, true)),
                ElementsAre("1 thread", "2 threads", "3 threads", "4 threads", "4 copies x 1 thread",
                            "2 copies x 2 threads"));
    EXPECT_EQ(configurations(cores, false).size(), 4u);
    cores.resize(64);
    for (int i = 0; i < 64; ++i) cores[static_cast<size_t>(i)].number = i;
    EXPECT_EQ(configurations(cores, false).size(), 14u) << "8 and then 12, 16, 24, 32, 48, 64";
    cores.resize(1);
    EXPECT_THAT(texts(configurations(cores, true)), ElementsAre("1 thread"));
}

ir::GraphPtr product() {
    return *ir::parseText(R"(opset ai.onnx 21
graph main (a: float32[16, 64], b: float32[64, 64]) -> (y) {
  y = MatMul(a, b)
})");
}

TEST(Search, MarksTheBest) {
    const auto graph = product();
    const auto inputs = *runtime::randomInputs(*graph, 1);
    SearchOptions options;
    options.seconds = 0.02;
    options.rounds = 2;
    const auto found = search(graph, inputs, options, {});
    ASSERT_TRUE(found) << found.error().message;
    ASSERT_FALSE(found->candidates.empty());
    for (const auto& candidate : found->candidates) {
        // At least three runs of each copy in each round.
        EXPECT_GE(candidate.latency.count, candidate.configuration.copies * 6);
        EXPECT_GT(candidate.throughput, 0);
        EXPECT_GE(candidate.latency.median, found->candidates[found->bestLatency].latency.median);
        EXPECT_LE(candidate.throughput, found->candidates[found->bestThroughput].throughput);
    }
    const auto json = toJson(*found);
    const auto read = searchResultFromJson(nlohmann::json::parse(json.dump()));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(toJson(*read), json);
}

TEST(Search, ResultsAreReadWithCare) {
    EXPECT_FALSE(searchResultFromJson(
        {{"candidates", nlohmann::json::array()}, {"bestLatency", 0}, {"bestThroughput", 0}}));
    EXPECT_FALSE(searchResultFromJson(nlohmann::json::object()));
    EXPECT_FALSE(searchOptionsFromJson({{"rounds", 0}}));
    EXPECT_FALSE(searchOptionsFromJson({{"seconds", "many"}}));
    const auto options =
        searchOptionsFromJson(toJson(SearchOptions{.seconds = 3, .rounds = 2, .copies = false}));
    ASSERT_TRUE(options);
    EXPECT_EQ(options->seconds, 3);
    EXPECT_FALSE(options->copies);
}

TEST(Search, CanBeCancelled) {
    const auto graph = product();
    base::Progress progress;
    progress.cancel();
    EXPECT_EQ(search(graph, *runtime::randomInputs(*graph, 1), {}, progress).error().kind,
              base::Error::Kind::cancelled);
}

}  // namespace
}  // namespace lathe::profile
