#include "engine/base/cores.h"

#include <gtest/gtest.h>

#include <thread>

#include "engine/base/parallel.h"
#include "engine/base/pinning.h"
#include "tests/support/kernel_tree.h"

namespace lathe::base {
namespace {

using Numbers = std::vector<int>;

TEST(Cores, OfAPhoneAreThreeClusters) {
    const test::KernelTree tree;
    tree.makePhone();
    const auto cores = readCores(tree.root());
    ASSERT_EQ(cores.size(), 8u);
    EXPECT_EQ(cores[7].maxFrequency, 2'910'000'000);
    const auto clusters = clustersOf(cores);
    ASSERT_EQ(clusters.size(), 3u);
    EXPECT_EQ(clusters[0].role, "little");
    EXPECT_EQ(clusters[1].cores, (Numbers{4, 5, 6}));
    EXPECT_EQ(clusters[2].governor, "schedutil");
}

TEST(Cores, ThatAreOfflineAreNotThere) {
    const test::KernelTree tree;
    tree.makePhone();
    tree.write("sys/devices/system/cpu/online", "0-3,7\n");
    EXPECT_EQ(*chooseCores("all", readCores(tree.root())), (Numbers{0, 1, 2, 3, 7}));
    EXPECT_EQ(clustersOf(readCores(tree.root())).size(), 2u);
}

TEST(Cores, WithoutFilesAreOfOneKind) {
    const test::KernelTree tree;
    const auto cores = readCores(tree.root());
    EXPECT_FALSE(cores.empty());
    EXPECT_FALSE(cores[0].maxFrequency);
    EXPECT_TRUE(clustersOf(cores).empty());
    EXPECT_EQ(chooseCores("big", cores)->size(), cores.size());
}

TEST(Cores, AreChosenByRoleOrNumber) {
    const test::KernelTree tree;
    tree.makePhone();
    const auto cores = readCores(tree.root());
    EXPECT_EQ(*chooseCores("", cores), Numbers{});
    EXPECT_EQ(*chooseCores("big", cores), Numbers{7});
    EXPECT_EQ(*chooseCores("middle", cores), (Numbers{4, 5, 6}));
    EXPECT_EQ(*chooseCores("5, 0-1,1", cores), (Numbers{0, 1, 5}));
    EXPECT_EQ(chooseCores("9", cores).error().message,
              "There is no core 9 here. There are little 0-3, middle 4-6, big 7.");
    EXPECT_EQ(chooseCores("fast", cores).error().message,
              "There are no cores \"fast\" here. There are little 0-3, middle 4-6, big 7.");
    const std::vector<Core> plain = {{.number = 0}, {.number = 1}};
    EXPECT_EQ(chooseCores("little", plain).error().message,
              "There are no cores \"little\" here. There are cores 0-1, all of one kind.");
}

TEST(Cores, ListsAreReadWithCare) {
    EXPECT_EQ(parseCoreList("0-2,5"), (Numbers{0, 1, 2, 5}));
    for (const auto* text : {"", "-1", "3-1", "1,", "0-99999999", "a", "1-", "1--2"})
        EXPECT_FALSE(parseCoreList(text)) << text;
    EXPECT_EQ(coreListText({0, 1, 2, 5, 7, 8}), "0-2,5,7-8");
}

TEST(Pinning, HoldsAndGivesBack) {
    const auto before = allowedCores();
    if (before.size() < 2) GTEST_SKIP() << "one core only";
    {
        const Pinned pinned(std::vector<int>{before.back()});
        ASSERT_TRUE(pinned.held());
        EXPECT_EQ(allowedCores(), std::vector<int>{before.back()});
        EXPECT_EQ(currentCore(), before.back());
    }
    EXPECT_EQ(allowedCores(), before);
    const Pinned refused(std::vector<int>{1000});
    EXPECT_FALSE(refused.held());
    EXPECT_EQ(allowedCores(), before);
}

// The cores of every thread that worked on a piece, but the caller's.
std::vector<Numbers> coresOfHelpers(const Workers& workers) {
    std::vector<Numbers> seen(64);
    const auto caller = std::this_thread::get_id();
    for (int round = 0; round < 50; ++round)
        workers.forRange(64, 1, [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; ++i)
                if (std::this_thread::get_id() != caller) seen[static_cast<size_t>(i)] = allowedCores();
        });
    std::erase(seen, Numbers{});
    return seen;
}

TEST(Pinning, OfWorkersLeavesOtherWorkersAlone) {
    const auto all = allowedCores();
    if (all.size() < 2) GTEST_SKIP() << "one core only";
    {
        const Workers pinned(2, {all.back()});
        for (const auto& cores : coresOfHelpers(pinned)) EXPECT_EQ(cores, Numbers{all.back()});
    }
    const Workers free(2);
    for (const auto& cores : coresOfHelpers(free)) EXPECT_EQ(cores, all);
    EXPECT_EQ(allowedCores(), all);
    EXPECT_EQ(Workers(0, {all.front()}).threads(), 1);
}

}  // namespace
}  // namespace lathe::base
