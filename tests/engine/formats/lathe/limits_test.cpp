#include "engine/formats/lathe/limits.h"

#include <gtest/gtest.h>

#include "engine/ir/editor.h"

namespace lathe::formats::flat {
namespace {

// If in If in If ..., `depth` bodies deep.
ir::GraphPtr nested(int depth) {
    ir::Editor editor;
    const auto input = editor.addInput("x", {});
    ir::SubgraphId inner = editor.addSubgraph("innermost");
    editor.add({.op = "Neg", .inputs = {input}, .subgraph = inner});
    for (int i = 1; i <= depth; ++i) {
        const auto outer = i < depth ? editor.addSubgraph("body") : ir::kMain;
        editor.add(
            {.op = "If", .inputs = {input}, .attributes = {{"then_branch", inner}}, .subgraph = outer});
        inner = outer;
    }
    return editor.finish();
}

TEST(FlatLimits, bodiesLieInEachOther64Deep) {
    EXPECT_TRUE(checkNesting(*nested(64)));
    const auto status = checkNesting(*nested(65));
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().message,
              "sub-graph 1 \"innermost\" is nested deeper than 64 or in itself. Move what is inside to a "
              "function.");
}

TEST(FlatLimits, aBodyInItselfEnds) {
    ir::Editor editor;
    const auto body = editor.addSubgraph("ring");
    editor.addNode({.op = "If",
                    .inputs = {},
                    .attributes = {{"then_branch", body}},
                    .outputCount = 0,
                    .subgraph = body});
    EXPECT_FALSE(checkNesting(*editor.finish()));
}

}  // namespace
}  // namespace lathe::formats::flat
