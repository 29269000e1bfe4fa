#include "engine/ops/infer_branches.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/ir/text.h"
#include "engine/ops/coverage.h"

namespace lathe::ops {
namespace {

using testing::HasSubstr;

// What PyTorch writes for x.squeeze(1): only one body gives the rank that `after` may demand.
std::string squeezed(std::string_view after) {
    return fmt::format(R"(opset ai.onnx 25
graph main (x: float32[N, T, 3]) -> (z) {{
  last = constant int64[1] {{1}}
  one = constant int64[1] {{1}}
  w = constant float32[3, 2] {{1, 2, 3, 4, 5, 6}}
  s = Shape(x)
  d = Gather(s, last)
  c = Equal(d, one)
  y = If(c) {{else_branch = graph () -> (b) {{
    b = Identity(x)
  }}, then_branch = graph () -> (a) {{
    a = Squeeze(x, one)
  }}}}
  {}
}}
)",
                       after);
}

struct Inferred {
    std::map<std::string, std::string> types;
    Coverage coverage;
    std::string error;
};

Inferred inferText(std::string_view text, const InferOptions& options = {}) {
    const auto graph = ir::parseText(text);
    EXPECT_TRUE(graph) << graph.error().message;
    std::vector<ir::SubgraphId> neverRun;
    auto all = options;
    all.neverRun = &neverRun;
    const auto result = inferred(*graph, all);
    Inferred found;
    if (!result) {
        found.error = result.error().message;
        return found;
    }
    found.coverage = coverage(**result, neverRun);
    for (uint32_t v = 0; v < (*result)->valueLimit(); ++v) {
        const auto value = (*result)->value({v});
        found.types[std::string(value.name())] = ir::toString(value.type());
    }
    return found;
}

TEST(InferBranches, TakesTheBodyThatLaterNodesCanRead) {
    const auto found = inferText(squeezed("z = Gemm(y, w)"));
    EXPECT_EQ(found.types.at("y"), "float32[N, 3]");
    EXPECT_EQ(found.types.at("z"), "float32[N, 2]");
    EXPECT_EQ(found.coverage.ranked, found.coverage.values);
    EXPECT_EQ(found.coverage.neverRun, 1);
}

TEST(InferBranches, LeaveTheRankOpenWhereBothBodiesFit) {
    const auto found = inferText(squeezed("z = Relu(y)"));
    EXPECT_EQ(found.types.at("z"), "float32[...]");
    EXPECT_EQ(found.coverage.values - found.coverage.ranked, 2);
    EXPECT_EQ(found.coverage.neverRun, 0);
}

TEST(InferBranches, FollowABoundDimension) {
    EXPECT_EQ(inferText(squeezed("z = Relu(y)"), {.bindings = {{"T", 1}}}).types.at("z"), "float32[N, 3]");
    EXPECT_EQ(inferText(squeezed("z = Relu(y)"), {.bindings = {{"T", 4}}}).types.at("z"), "float32[N, 4, 3]");
}

TEST(InferBranches, SettleOneChoiceAfterAnother) {
    const auto found = inferText(squeezed(R"(q = Gemm(y, w)
  e = Equal(d, last)
  v = If(e) {else_branch = graph () -> (h) {
    h = Unsqueeze(y, one)
  }, then_branch = graph () -> (g) {
    g = Relu(y)
  }}
  z = Gemm(v, w))"));
    EXPECT_EQ(found.types.at("z"), "float32[N, 2]") << found.error;
}

TEST(InferBranches, KeepTheErrorOfABodyThatMustRun) {
    const auto found = inferText(squeezed("z = Gemm(y, one)"));
    EXPECT_THAT(found.error, HasSubstr("Gemm")) << found.types.size();
}

TEST(InferBranches, PassOverABodyThatCannotRun) {
    const auto found = inferText(R"(opset ai.onnx 25
graph main (c: bool[], x: float32[N, 3]) -> (y) {
  w = constant float32[2, 2] {1, 2, 3, 4}
  y = If(c) {else_branch = graph () -> (b) {
    b = Relu(x)
  }, then_branch = graph () -> (a) {
    a = Gemm(x, w)
  }}
}
)");
    EXPECT_EQ(found.types.at("y"), "float32[N, 3]") << found.error;
}

}  // namespace
}  // namespace lathe::ops
