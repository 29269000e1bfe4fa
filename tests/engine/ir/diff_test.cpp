#include "engine/ir/diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/ir/editor.h"
#include "engine/ir/text.h"

namespace lathe::ir {
namespace {

using testing::ElementsAre;

GraphPtr parsed(std::string_view text) {
    auto graph = parseText(text);
    EXPECT_TRUE(graph) << graph.error().message;
    return *graph;
}

GraphPtr base() {
    return parsed(R"(graph (x) -> (z) {
  w = constant float32[1] {2}
  c = Conv(x, w) "c"
  n = Norm(c) "n"
  r = Relu(n) "r"
  z = Neg(r) "z"
})");
}

std::vector<std::string_view> statuses(const Diff& diff) {
    std::vector<std::string_view> result;
    for (const auto& group : diff.groups) result.push_back(name(group.status));
    return result;
}

TEST(Diff, FindsNothingInTheSameGraph) {
    const auto graph = base();
    const auto same = diff(*graph, *graph);
    EXPECT_EQ(same.count(DiffStatus::unchanged), 4u);
    EXPECT_EQ(same.groups.size(), 4u);
    EXPECT_EQ(printDiff(*graph, *graph, same), "");
}

TEST(Diff, GroupsManyToOneThroughOrigins) {
    const auto before = base();
    Editor editor(before);
    const auto conv = before->findNode("c"), norm = before->findNode("n"), relu = before->findNode("r");
    const auto inputs = before->node(conv).inputs();
    const auto fused = editor.addNode({.op = "Conv",
                                       .inputs = {inputs.begin(), inputs.end()},
                                       .name = "fused",
                                       .origins = editor.originsOf({conv, norm})});
    editor.replaceUses(before->node(norm).output(), editor.graph().node(fused).output());
    editor.removeNode(norm);
    editor.removeNode(conv);
    const auto after = editor.finish();
    const auto result = diff(*before, *after);
    EXPECT_THAT(statuses(result), ElementsAre("changed", "unchanged", "unchanged"));
    EXPECT_EQ(result.groups[0].a, (NodeList{conv, norm}));
    EXPECT_EQ(result.groups[0].b, (NodeList{fused}));
    EXPECT_EQ(result.groupOfA[relu.index], result.groupOfB[relu.index]);
    EXPECT_EQ(result.groupOfB[conv.index], UINT32_MAX);
    EXPECT_EQ(printDiff(*before, *after, result),
              "- c = Conv(x, w) \"c\"\n- n = Norm(c) \"n\"\n+ fused_output = Conv(x, w) \"fused\"\n");
}

TEST(Diff, SaysWhatDiffersInOneNode) {
    const auto before = base();
    Editor editor(before);
    const auto relu = before->findNode("r"), conv = before->findNode("c");
    editor.setOp(relu, "Clip");
    editor.setAttribute(relu, "max", 6.0f);
    editor.setConstant(before->node(conv).input(1), tensor::Tensor::of<float>({1}, {3}));
    const auto after = editor.finish();
    const auto result = diff(*before, *after);
    EXPECT_THAT(statuses(result), ElementsAre("changed", "unchanged", "changed", "unchanged"));
    EXPECT_THAT(result.groups[0].notes, ElementsAre("input 1 differs"));
    EXPECT_THAT(result.groups[2].notes, ElementsAre("operator Relu is Clip", "attribute max is new"));
}

TEST(Diff, SeesAddedAndRemovedNodesInTheirPlace) {
    const auto before = base();
    Editor editor(before);
    const auto relu = before->findNode("r"), neg = before->findNode("z");
    editor.setInput(neg, 0, before->node(relu).input(0));
    editor.removeNode(relu);
    const auto added = editor.addNode({.op = "Abs", .inputs = {before->inputs()[0]}, .name = "new"});
    const auto after = editor.finish();
    const auto result = diff(*before, *after);
    EXPECT_THAT(statuses(result), ElementsAre("unchanged", "unchanged", "removed", "changed", "added"));
    EXPECT_EQ(result.groups[2].a, NodeList{relu});
    EXPECT_EQ(result.groups[4].b, NodeList{added});
}

TEST(Diff, AlignsTwoFilesByNames) {
    const auto a = base();
    const auto b = parsed(R"(graph (x) -> (z) {
  w = constant float32[1] {2}
  k = Abs(x) "k"
  c = Conv(k, w) "c"
  n = Norm(c) "n"
  z = Neg(n) "z"
})");
    const auto result = diff(*a, *b, AlignBy::names);
    EXPECT_EQ(printDiff(*a, *b, result), R"(+ k = Abs(x) "k"
- c = Conv(x, w) "c"
+ c = Conv(k, w) "c"
- r = Relu(n) "r"
- z = Neg(r) "z"
+ z = Neg(n) "z"
)");
}

}  // namespace
}  // namespace lathe::ir
