#include "widgets/canvas/hierarchy.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/formats/format.h"
#include "engine/ir/editor.h"
#include "tests/support/test_paths.h"
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

// The names that Paddle gives: "p2o.Relu.7" counts operators, and p2o is around everything.
TEST(Hierarchy, CountedOperatorsAreNoScopes) {
    ir::Editor editor;
    ir::ValueId x = editor.addInput("x", {});
    for (int i = 0; i < 60; ++i) {
        const std::string op = i % 3 == 0 ? "Relu" : (i % 3 == 1 ? "Abs" : "Neg");
        x = editor.add({.op = op, .inputs = {x}, .name = "p2o." + op + "." + std::to_string(i / 3)});
    }
    editor.setGraphOutputs(ir::kMain, {x});
    const auto hierarchy = makeHierarchy(editor.finish());
    ASSERT_FALSE(hierarchy->groups.empty());
    for (const Group& group : hierarchy->groups) EXPECT_TRUE(group.path.starts_with("blocks")) << group.path;
}

TEST(Hierarchy, ManyOfOneOperatorAreNoBlock) {
    ir::Editor editor;
    ir::ValueId x = editor.addInput("x", {});
    for (int i = 0; i < 50; ++i) x = editor.add({.op = "Relu", .inputs = {x}});
    editor.setGraphOutputs(ir::kMain, {x});
    EXPECT_TRUE(makeHierarchy(editor.finish())->groups.empty());
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

TEST(Hierarchy, ShowsTheBodiesOfControlFlowAboveTheirNode) {
    const auto shared = test::sharedDir();
    if (!shared) GTEST_SKIP() << test::kNoShared;
    const auto graph = formats::read(*shared / "models" / "silero_vad_16k_op15.onnx", {});
    ASSERT_TRUE(graph.ok());
    const auto hierarchy = makeHierarchy(*graph);
    const auto body = std::find_if(hierarchy->groups.begin(), hierarchy->groups.end(),
                                   [](const Group& group) { return group.body; });
    ASSERT_NE(body, hierarchy->groups.end());
    EXPECT_TRUE(body->label == "then_branch" || body->label == "else_branch") << body->label;
    const auto display = makeDisplayGraph(hierarchy, allExpanded(*hierarchy));
    size_t shown = 0;
    for (const DisplayItem& item : display.items) shown += nodesOf(display, item).size();
    EXPECT_EQ(shown, (*graph)->nodeCount());
    const ir::NodeId inside = body->nodes.empty() ? ir::NodeId{} : body->nodes.back();
    ASSERT_TRUE(inside.valid());
    EXPECT_TRUE(std::any_of(display.edges.begin(), display.edges.end(), [&](const DisplayEdge& edge) {
        return display.items[edge.source].node == inside;
    })) << "what a body makes goes somewhere";
    EXPECT_FALSE(findNodes(**graph, (*graph)->node(inside).name()).empty());
    EXPECT_FALSE(initialExpansion(*hierarchy).contains(body->path));
}

TEST(DisplayGraph, TellsShapes) {
    using ir::Dim;
    const ir::SymbolicShape shape{Dim::symbol("N"), Dim(3), Dim(8)};
    EXPECT_EQ(shapeOf(ir::ValueType::tensorOf(tensor::DataType::float32, shape)), "N×3×8");
    EXPECT_EQ(shapeOf(ir::ValueType::tensorOf(tensor::DataType::int8, shape)), "int8 N×3×8");
    EXPECT_EQ(shapeOf(ir::ValueType::tensorOf(tensor::DataType::float32, ir::SymbolicShape{})), "scalar");
    EXPECT_EQ(shapeOf({}), "");
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
