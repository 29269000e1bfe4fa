#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_refusal.h"
#include "tests/support/text_run.h"

namespace lathe::test {

using tensor::Tensor;

namespace {

OpCase call(std::string name, std::vector<std::optional<Tensor>> inputs, ir::Attributes attributes = {}) {
    return {.name = std::move(name),
            .op = "FlexAttention",
            .domain = "ai.onnx.preview",
            .attributes = std::move(attributes),
            .inputs = std::move(inputs)};
}

}  // namespace

std::vector<OpCase> aiOnnxPreviewFlexAttentionCases() {
    // Scores 0 and 0: both values count half.
    auto even = call("even", {Tensor::of<float>({1, 1, 1, 1}, {0}), Tensor::of<float>({1, 1, 2, 1}, {1, 2}),
                              Tensor::of<float>({1, 1, 2, 2}, {1, 2, 5, 6})});
    even.expected = {Tensor::of<float>({1, 1, 1, 2}, {3, 4})};
    // exp(2 ln 3 * 0.5) = 3 against exp(0) = 1: weights 3/4 and 1/4; the second query head shares the keys.
    auto shared = call("shared",
                       {Tensor::of<double>({1, 2, 1, 1}, {2.1972245773362196, 0}),
                        Tensor::of<double>({1, 1, 2, 1}, {1, 0}), Tensor::of<double>({1, 1, 2, 1}, {8, 4})},
                       {{"scale", 0.5f}});
    shared.expected = {Tensor::of<double>({1, 2, 1, 1}, {7, 6})};
    shared.tolerance = 1e-15;
    return {even, shared, call("sizes", {ramp({2, 4, 3, 5}), ramp({2, 2, 6, 5}), ramp({2, 2, 6, 7})})};
}

namespace {

TEST(FlexAttention, Cases) { checkCases(aiOnnxPreviewFlexAttentionCases()); }

// One query, two keys of score 0, values 1 and 5.
base::Result<TextRun> runBody(std::string_view attribute, std::string_view lines) {
    const auto text = fmt::format(R"(opset ai.onnx 26
opset ai.onnx.preview 1
graph main (q: float32[1, 1, 1, 1], k: float32[1, 1, S, 1], v: float32[1, 1, S, 1]) -> (y) {{
  y = ai.onnx.preview.FlexAttention(q, k, v) "flex" {{{} = graph (s) -> (t) {{
{}
  }}}}
}}
)",
                                  attribute, lines);
    return runText(text, {Tensor::of<float>({1, 1, 1, 1}, {0}), Tensor::of<float>({1, 1, 2, 1}, {1, 2}),
                          Tensor::of<float>({1, 1, 2, 1}, {1, 5})});
}

TEST(FlexAttention, PutsScoresThroughABody) {
    // The second key is masked out.
    const auto run = runBody("score_mod", R"(    mask = constant float32[2] {0, -inf}
    t = Add(s, mask))");
    ASSERT_TRUE(run) << run.error().message;
    EXPECT_EQ(*run->outputs[0].tensor(), Tensor::of<float>({1, 1, 1, 1}, {1}));
    EXPECT_EQ(ir::toString(run->types[0]), "float32[1, 1, 1, 1]");
}

TEST(FlexAttention, PutsWeightsThroughABody) {
    // Weights 1/2 and 1/2 become 1 and 1.
    const auto run = runBody("prob_mod", "    t = Add(s, s)");
    ASSERT_TRUE(run) << run.error().message;
    EXPECT_EQ(*run->outputs[0].tensor(), Tensor::of<float>({1, 1, 1, 1}, {6}));
}

TEST(FlexAttention, RefusesABodyThatChangesTheShape) {
    const auto run = runBody("prob_mod", R"(    axes = constant int64[1] {0}
    t = Squeeze(s, axes))");
    ASSERT_FALSE(run);
    EXPECT_NE(run.error().message.find("FlexAttention \"flex\": prob_mod gives"), std::string::npos)
        << run.error().message;
}

TEST(FlexAttention, RefusesWhatDoesNotFit) {
    const auto q = ramp({1, 2, 3, 4}), k = ramp({1, 2, 5, 4}), v = ramp({1, 2, 5, 6});
    expectRefused(call("f", {ramp({2, 3, 4}), k, v}), "FlexAttention \"f\": Q has 3 dimensions, expected 4");
    expectRefused(call("f", {q, ramp({1, 2, 5, 3}), v}), "head sizes of Q and K 4 and 3 differ");
    expectRefused(call("f", {q, k, ramp({1, 2, 4, 6})}), "steps of K and V 5 and 4 differ");
    expectRefused(call("f", {ramp({1, 3, 3, 4}), k, v}), "3 query heads do not divide among 2 key heads");
    expectRefused(call("f", {q, k, v}, {{"softmax_precision", int64_t{7}}}),
                  "softmax_precision is 7, which is no type of floats");
}

}  // namespace
}  // namespace lathe::test
