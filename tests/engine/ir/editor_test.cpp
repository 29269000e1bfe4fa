#include "engine/ir/editor.h"

#include <gtest/gtest.h>

#include <ctime>

#include "engine/ir/verify.h"

namespace lathe::ir {
namespace {

// x -> Relu -> Neg -> y
struct Small {
    ValueId x, y;
    NodeId relu, neg;
    GraphPtr graph;
    Small() {
        Editor editor;
        x = editor.addInput("x",
                            ValueType::tensorOf(tensor::DataType::float32, SymbolicShape{Dim::symbol("N")}));
        relu = editor.addNode({.op = "Relu", .inputs = {x}, .name = "r"});
        neg = editor.addNode({.op = "Neg", .inputs = {editor.graph().node(relu).output()}});
        y = editor.graph().node(neg).output();
        editor.setName(y, "y");
        editor.setGraphOutputs(kMain, {y});
        graph = editor.finish();
    }
};

TEST(Editor, LeavesTheBaseAlone) {
    const Small small;
    Editor editor(small.graph);
    editor.setOp(small.relu, "Abs");
    const auto next = editor.finish();
    EXPECT_EQ(small.graph->node(small.relu).op(), "Relu");
    EXPECT_EQ(next->node(small.relu).op(), "Abs");
    EXPECT_EQ(next->node(small.relu).name(), "r");
}

TEST(Editor, KeepsTheNameOfAGraphOutput) {
    const Small small;
    Editor editor(small.graph);
    editor.replaceUses(small.y, editor.graph().node(small.relu).output());
    editor.removeNode(small.neg);
    const auto next = editor.finish();
    ASSERT_EQ(next->outputs().size(), 1u);
    EXPECT_EQ(next->value(next->outputs()[0]).name(), "y");
    EXPECT_EQ(next->value(next->outputs()[0]).producer(), small.relu);
    EXPECT_EQ(next->nodeCount(), 1u);
}

TEST(Editor, PutsAnIdentityWhenAnInputBecomesAnOutput) {
    const Small small;
    Editor editor(small.graph);
    editor.replaceUses(small.y, small.x);
    const auto next = editor.finish();
    const auto out = next->value(next->outputs()[0]);
    EXPECT_EQ(out.name(), "y");
    EXPECT_EQ(next->node(out.producer()).op(), "Identity");
}

// A flat graph of a hundred thousand alike nodes took minutes to build: each name was sought from 1 on.
TEST(Editor, NamesManyAlikeNodesInLinearTime) {
    constexpr int kNodes = 30'000;  // quadratic search takes more than 10 s
    const std::clock_t start = std::clock();
    Editor editor;
    ValueId value = editor.addInput("x", {});
    for (int i = 0; i < kNodes; ++i) value = editor.add({.op = "Relu", .inputs = {value}});
    EXPECT_EQ(editor.graph().value(value).name(), "Relu_output_" + std::to_string(kNodes - 1));
    EXPECT_LT(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC, 2);
}

TEST(Editor, GivesNoNameTwiceAfterRenaming) {
    const Small small;
    Editor editor(small.graph);
    EXPECT_EQ(editor.uniqueName("new"), "new");
    editor.setName(small.relu, "new");
    EXPECT_EQ(editor.uniqueName("new"), "new_1");
    editor.setName(small.y, "new_1");
    EXPECT_EQ(editor.uniqueName("new"), "new_2");
}

TEST(Topology, OrdersBodiesByWhatTheyRead) {
    Editor editor;
    const auto x = editor.addInput("x", {});
    const auto body = editor.addSubgraph("then");
    // The If is added before the node its body reads from.
    const auto condition = editor.addInput("c", {});
    const auto choose =
        editor.addNode({.op = "If", .inputs = {condition}, .attributes = {{"then_branch", body}}});
    const auto outer = editor.addNode({.op = "Relu", .inputs = {x}});
    const auto inner =
        editor.add({.op = "Neg", .inputs = {editor.graph().node(outer).output()}, .subgraph = body});
    editor.setGraphOutputs(body, {inner});
    const auto graph = editor.finish();
    const auto order = graph->order();
    ASSERT_EQ(order.size(), 2u);
    EXPECT_EQ(order[0], outer);
    EXPECT_EQ(order[1], choose);
    EXPECT_EQ(graph->subgraph(body).owner, choose);
}

TEST(Topology, ReportsCycles) {
    Editor editor;
    const auto a = editor.addNode({.op = "Relu", .inputs = {}});
    const auto b = editor.addNode({.op = "Relu", .inputs = {editor.graph().node(a).output()}});
    editor.setInput(a, 0, editor.graph().node(b).output());
    const auto graph = editor.finish();
    EXPECT_EQ(graph->topology().cyclic().size(), 2u);
    EXPECT_TRUE(graph->order().empty());
}

// A name that the other body has too is free once the owner goes; one of the graph around is not.
TEST(Editor, KeepsNamesOfAnEmptiedBodyUnlessTaken) {
    const Small small;
    Editor editor(small.graph);
    const auto condition =
        editor.addInput("c", ValueType::tensorOf(tensor::DataType::boolean, SymbolicShape{}));
    std::vector<SubgraphId> bodies;
    std::vector<NodeId> nodes;
    for (const auto* name : {"then", "else"}) {
        bodies.push_back(editor.addSubgraph(name));
        nodes.push_back(editor.addNode({.op = "Abs", .inputs = {small.x}, .subgraph = bodies.back()}));
        const auto output = editor.graph().node(nodes.back()).output();
        editor.setName(output, "t");
        const auto hidden = editor.addNode({.op = "Exp", .inputs = {output}, .subgraph = bodies.back()});
        editor.setName(editor.graph().node(hidden).output(), "y");
        editor.setGraphOutputs(bodies.back(), {output});
    }
    const auto choice =
        editor.addNode({.op = "If",
                        .inputs = {condition},
                        .attributes = {{"then_branch", bodies[0]}, {"else_branch", bodies[1]}}});
    editor.emptyBody(bodies[0]);
    editor.removeNode(choice);
    const auto next = editor.finish();
    ASSERT_TRUE(next->contains(nodes[0]));
    EXPECT_EQ(next->node(nodes[0]).subgraph(), kMain);
    EXPECT_EQ(next->value(next->node(nodes[0]).output()).name(), "t");
    EXPECT_FALSE(next->contains(nodes[1]));
    EXPECT_EQ(next->findValue("y"), small.y);
    EXPECT_TRUE(verify(*next).ok()) << verify(*next).error().message;
}

}  // namespace
}  // namespace lathe::ir
