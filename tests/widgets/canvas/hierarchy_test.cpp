#include "widgets/canvas/hierarchy.h"

#include <gtest/gtest.h>

#include "engine/ir/editor.h"
#include "tests/widgets/synthetic_graph.h"
#include "widgets/canvas/display_graph.h"
#include "widgets/canvas/search.h"

namespace lathe::canvas {
namespace {

TEST(Hierarchy, FollowsNameScopes) {
    const auto graph = test::residualNetwork(2, 3, true);
    const auto hierarchy = makeHierarchy(graph);
    const auto find = [&](std::string_view path) -> const Group* {
        for (const Group& group : hierarchy->groups)
            if (group.path == path) return &group;
        return nullptr;
    };
    const Group* stage = find("stage1");
    ASSERT_NE(stage, nullptr);
    EXPECT_EQ(stage->nodeCount, 15);
    EXPECT_EQ(stage->repeats, 3);
    ASSERT_NE(find("stage1/stage1.0"), nullptr);
    EXPECT_EQ(find("stage1/stage1.0/conv1"), nullptr) << "a group of one node tells nothing";
}

TEST(Hierarchy, FindsRepeatedBlocksWithoutNames) {
    const auto graph = test::residualNetwork(1, 12, false);
    const auto hierarchy = makeHierarchy(graph);
    ASSERT_FALSE(hierarchy->groups.empty());
    EXPECT_GE(hierarchy->groups[0].repeats, 11);
    const auto display = makeDisplayGraph(hierarchy, {});
    EXPECT_LT(display.items.size(), 14u);
}

TEST(Hierarchy, RevealsAnyNode) {
    const auto graph = test::residualNetwork(2, 3, true);
    const auto hierarchy = makeHierarchy(graph);
    const auto found = findNodes(*graph, "stage2.1/conv2");
    ASSERT_FALSE(found.empty());
    const auto closed = makeDisplayGraph(hierarchy, {});
    const auto at = static_cast<size_t>(closed.itemOfNode[found[0].index]);
    EXPECT_EQ(closed.items[at].kind, DisplayItem::Kind::group);
    const auto open = makeDisplayGraph(hierarchy, revealing(*hierarchy, {}, found[0]));
    EXPECT_EQ(open.items[static_cast<size_t>(open.itemOfNode[found[0].index])].node, found[0]);
}

TEST(Hierarchy, ShowsEveryNodeOnceInWhateverIsOpen) {
    const auto graph = test::residualNetwork(3, 4, true);
    const auto hierarchy = makeHierarchy(graph);
    for (const Expansion& open : {Expansion{}, Expansion{"stage1"}, allExpanded(*hierarchy)}) {
        const auto display = makeDisplayGraph(hierarchy, open);
        size_t shown = 0;
        for (const DisplayItem& item : display.items) shown += nodesOf(display, item).size();
        EXPECT_EQ(shown, graph->nodeCount());
    }
}

TEST(DisplayGraph, TellsWhatMattersOfAConvolution) {
    const auto graph = test::residualNetwork(1, 1, true);
    EXPECT_EQ(chipsOf(*graph, graph->findNode("/stem/conv/Conv")), "3×3  16 → 16");
}

TEST(Search, LooksAtNamesOpsAndTypes) {
    const auto graph = test::residualNetwork(1, 2, true);
    EXPECT_EQ(findNodes(*graph, "op:gLoBal").size(), 1u);
    EXPECT_EQ(findNodes(*graph, "type:float32").size(), graph->nodeCount());
    EXPECT_TRUE(findNodes(*graph, "  ").empty());
    EXPECT_TRUE(findNodes(*graph, "nothing like it").empty());
}

}  // namespace
}  // namespace lathe::canvas
