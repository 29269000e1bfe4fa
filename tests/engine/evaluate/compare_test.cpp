#include "engine/evaluate/compare.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/data/sources.h"
#include "engine/evaluate/compare_sessions.h"
#include "engine/evaluate/tensor_error.h"
#include "engine/ir/editor.h"
#include "tests/engine/evaluate/fake_session.h"

namespace lathe::evaluate {
namespace {

using tensor::RuntimeValue;
using tensor::Tensor;

// x -> Conv -> BatchNormalization -> Relu -> MaxPool -> y
struct Chain {
    ir::GraphPtr graph;
    ir::NodeId conv, norm, relu, pool;
};
Chain chain() {
    ir::Editor editor;
    const auto type = *ir::parseType("float32[N, 2]");
    Chain c;
    auto x = editor.addInput("x", type);
    const auto next = [&](std::string_view op) {
        const auto id = editor.addNode({.op = op, .inputs = {x}, .name = op});
        x = editor.graph().node(id).output();
        editor.setType(x, type);
        return id;
    };
    c.conv = next("Conv");
    c.norm = next("BatchNormalization");
    c.relu = next("Relu");
    c.pool = next("MaxPool");
    editor.setGraphOutputs(ir::kMain, {x});
    c.graph = editor.finish();
    return c;
}

ir::ValueId out(const ir::GraphPtr& graph, ir::NodeId node) { return graph->node(node).output(); }

TEST(AlignValues, PairsAFusedNodeWithTheEndOfItsSources) {
    const auto a = chain();
    ir::Editor editor(a.graph);
    const auto x = a.graph->inputs()[0];
    const auto fused =
        editor.addNode({.op = "Conv", .inputs = {x}, .origins = editor.originsOf({a.conv, a.norm, a.relu})});
    const auto y = editor.graph().node(fused).output();
    editor.setType(y, *ir::parseType("float32[N, 2]"));
    editor.setInput(a.pool, 0, y);
    for (const auto node : {a.relu, a.norm, a.conv}) editor.removeNode(node);
    const auto b = editor.finish();
    const auto pairs = alignValues(*a.graph, *b);
    ASSERT_EQ(pairs.size(), 2u);
    EXPECT_EQ(pairs[0].a, out(a.graph, a.relu));
    EXPECT_EQ(pairs[0].b, y);
    EXPECT_EQ(pairs[1].a, out(a.graph, a.pool));
    EXPECT_EQ(pairs[1].b, out(b, a.pool));
}

TEST(AlignValues, TakesTheDequantizedValue) {
    const auto a = chain();
    ir::Editor editor(a.graph);
    const ir::NodeList origins = {a.conv};
    const auto conv = out(a.graph, a.conv);
    const auto q = editor.add({.op = "QuantizeLinear", .inputs = {conv}, .origins = origins});
    const auto dq = editor.add({.op = "DequantizeLinear", .inputs = {q}, .origins = origins});
    editor.setType(q, *ir::parseType("int8[N, 2]"));
    editor.setType(dq, *ir::parseType("float32[N, 2]"));
    editor.setInput(a.norm, 0, dq);
    const auto pairs = alignValues(*a.graph, *editor.finish());
    ASSERT_EQ(pairs.size(), 4u);
    EXPECT_EQ(pairs[0].a, conv);
    EXPECT_EQ(pairs[0].b, dq);
}

TEST(AlignValues, UsesNamesForModelsFromDifferentFiles) {
    const auto a = chain(), b = chain();
    const auto pairs = alignValues(*a.graph, *b.graph);
    ASSERT_EQ(pairs.size(), 4u);
    EXPECT_EQ(a.graph->value(pairs[2].a).name(), b.graph->value(pairs[2].b).name());
}

TEST(TensorErrorSum, FollowsTheFormulas) {
    ErrorSum sum;
    ASSERT_TRUE(sum.add(Tensor::of<float>({2}, {3, 4}), Tensor::of<double>({2}, {3, 5})));
    ASSERT_TRUE(sum.add(Tensor::of<float>({2}, {0, 0}), Tensor::of<float>({2}, {0, -1})));
    EXPECT_FALSE(sum.add(Tensor::of<float>({2}, {0, 0}), Tensor::of<float>({1}, {0})));
    TensorError error;
    sum.finish(error);
    EXPECT_EQ(error.count, 4);
    EXPECT_DOUBLE_EQ(error.meanSquaredError, 0.5);
    EXPECT_DOUBLE_EQ(error.sqnr, 10 * std::log10(25.0 / 2));
    EXPECT_DOUBLE_EQ(error.cosine, (9 + 20) / (5 * std::sqrt(35.0)));
    EXPECT_DOUBLE_EQ(error.largest, 1);
    EXPECT_DOUBLE_EQ(error.largestRelative, 0.25);
}

TensorError errorOf(std::vector<float> a, std::vector<float> b) {
    const int64_t shape[] = {static_cast<int64_t>(a.size())};
    ErrorSum sum;
    EXPECT_TRUE(sum.add(Tensor::of<float>(shape, a), Tensor::of<float>(shape, b)));
    TensorError error;
    sum.finish(error);
    return error;
}

TEST(TensorErrorSum, ShowsWhatIsNoNumber) {
    EXPECT_EQ(errorOf({INFINITY, NAN}, {INFINITY, NAN}).sqnr, INFINITY);
    // Equal infinities hide nothing beside them.
    const auto masked = errorOf({-INFINITY, 3, 4}, {-INFINITY, 3, 5});
    EXPECT_DOUBLE_EQ(masked.sqnr, 10 * std::log10(25.0));
    EXPECT_DOUBLE_EQ(masked.cosine, 29 / (5 * std::sqrt(34.0)));
    EXPECT_DOUBLE_EQ(masked.largestRelative, 0.25);
    EXPECT_EQ(masked.notFinite, 0);
    for (const float wrong : {NAN, INFINITY, -INFINITY}) {
        const auto broken = errorOf({1, 1}, {1, wrong});
        EXPECT_EQ(broken.notFinite, 1);
        EXPECT_EQ(broken.sqnr, -INFINITY);
        EXPECT_EQ(broken.largest, INFINITY);
    }
    EXPECT_EQ(errorOf({0, 0}, {0, 1}).sqnr, -INFINITY);
}

TEST(Compare, StreamsSamplesThroughBoth) {
    const auto c = chain();
    // Every node adds `step`; the second variant adds a little more at the batch norm.
    const auto session = [&](float extra) {
        return test::FakeSession(c.graph, [&, extra](auto inputs, const auto& options) {
            const auto in = inputs[0].tensor()->template values<float>();
            std::vector<float> values(in.begin(), in.end());
            tensor::Tensor last;
            for (const auto node : {c.conv, c.norm, c.relu, c.pool}) {
                for (auto& v : values) v += 1 + (node == c.norm ? extra : 0);
                last = Tensor::of<float>(inputs[0].tensor()->shape(), values);
                for (const auto wanted : options.capture)
                    if (wanted == out(c.graph, node)) options.onCapture(wanted, last);
            }
            return base::Result<std::vector<RuntimeValue>>(std::vector<RuntimeValue>{last});
        });
    };
    auto a = session(0), b = session(0.5f);
    const auto source = *data::arraySource(Tensor::of<float>({3, 2}, {1, 2, 3, 4, 6, 5}),
                                           Tensor::of<int64_t>({3}, {1, 0, 0}), {}, "test");
    CompareOptions options;
    options.dataset = std::make_shared<data::Dataset>(source, std::vector<data::Step>{}, "set");
    const auto result = compareSessions(a, b, options, {});
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->samples, 3);
    ASSERT_EQ(result->tensors.size(), 4u);
    EXPECT_EQ(result->tensors[0].meanSquaredError, 0);
    EXPECT_DOUBLE_EQ(result->tensors[1].meanSquaredError, 0.25);
    EXPECT_EQ(result->tensors[1].nodeA, c.norm);
    EXPECT_EQ(result->tensors[1].count, 6);
    ASSERT_EQ(result->outputs.size(), 1u);
    EXPECT_DOUBLE_EQ(result->outputs[0].largest, 0.5);
    EXPECT_EQ(result->paired.sameAnswer, 3);
    EXPECT_EQ(result->paired.bothRight, 2);
    EXPECT_EQ(result->paired.bothWrong, 1);
}

}  // namespace
}  // namespace lathe::evaluate
