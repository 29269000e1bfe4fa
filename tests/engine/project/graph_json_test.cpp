#include "engine/project/graph_json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "engine/ir/editor.h"
#include "engine/project/database.h"
#include "engine/project/schema.h"
#include "engine/project/weight_store.h"
#include "tests/support/test_paths.h"

namespace lathe::project {
namespace {

using tensor::Tensor;

struct GraphJson : testing::Test {
    test::TemporaryDir folder;
    Database database = std::move(*Database::create(folder.path() / "a.db"));
    ContentStore contents{database};

    void SetUp() override { ASSERT_TRUE(database.execute(kSchema)); }
    nlohmann::json toJson(const ir::GraphPtr& graph) {
        WeightWriter weights(contents, nullptr);
        const auto json = graphToJson(*graph, [&](const Tensor& t) { return weights.store(t); });
        EXPECT_TRUE(json) << (json ? "" : json.error().message);
        return nlohmann::json::parse(json->dump());
    }
    base::Result<ir::GraphPtr> fromJson(const nlohmann::json& json) {
        WeightReader weights(contents, nullptr);
        return graphFromJson(json, [&](const nlohmann::json& j) { return weights.find(j); });
    }
};

// Removed nodes and values, a body, a function, every kind of attribute, names that are no UTF-8.
ir::GraphPtr rich() {
    ir::Editor editor;
    const auto x = editor.addInput("x \xff", *ir::parseType("float32[N, 3]"));
    const auto gone = editor.addNode({.op = "Neg", .inputs = {x}});
    const auto body = editor.addSubgraph("then");
    const auto inner = editor.add({.op = "Abs", .inputs = {x}, .subgraph = body});
    editor.setGraphOutputs(body, {inner});
    const auto dead = editor.addSubgraph("dead");
    editor.add({.op = "Abs", .inputs = {x}, .subgraph = dead});
    const auto owner = editor.addNode({.op = "If", .inputs = {}, .attributes = {{"then_branch", dead}}});
    const auto weight = editor.addConstant(Tensor::vector<float>(std::vector<float>(40, 0.5f)), "w");
    const auto small = editor.addConstant(Tensor::of<std::string>({2}, {"a", "b\x80"}), "names");
    ir::Attributes attributes = {{"i", int64_t{-3}},
                                 {"f", INFINITY},
                                 {"s", std::string("a\x80")},
                                 {"t", Tensor::scalar<int8_t>(-7)},
                                 {"type", *ir::parseType("sequence(float32[?])")},
                                 {"is", std::vector<int64_t>{1, 2}},
                                 {"fs", std::vector<float>{0.1f, NAN}},
                                 {"ss", std::vector<std::string>{"p", "q"}},
                                 {"ts", std::vector<Tensor>{Tensor::scalar<float>(2)}},
                                 {"ref", ir::AttributeReference{"outer", 2}},
                                 {"body", body}};
    const auto node = editor.addNode({.op = "Thing",
                                      .inputs = {x, {}, weight, small},
                                      .attributes = attributes,
                                      .name = "thing",
                                      .domain = "com.example",
                                      .outputCount = 2,
                                      .origins = {gone, ir::NodeId{77}}});
    editor.setDoc(node, "why");
    editor.removeNode(gone);
    editor.removeNode(owner);
    const auto functionBody = editor.addSubgraph("fn");
    ir::Function function{.domain = "d",
                          .name = "f",
                          .overload = "",
                          .doc = "",
                          .requiredAttributes = {"a"},
                          .defaultAttributes = {{"b", 0.25f}},
                          .opsets = {{"", 18}},
                          .body = functionBody};
    editor.addFunction(function);
    editor.setGraphOutputs(ir::kMain, {editor.graph().node(node).output(1)});
    editor.info().opsets = {{"", 22}};
    editor.info().properties = {{"key", "value"}};
    return editor.finish();
}

TEST_F(GraphJson, KeepsEveryIdInItsPlace) {
    const auto graph = rich();
    const auto json = toJson(graph);
    const auto again = fromJson(json);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(toJson(*again), json);
    EXPECT_EQ((*again)->nodeCount(), graph->nodeCount());
    EXPECT_EQ((*again)->nodeLimit(), graph->nodeLimit());
    EXPECT_EQ((*again)->valueLimit(), graph->valueLimit());
    const auto id = graph->findNode("thing");
    EXPECT_EQ((*again)->findNode("thing"), id);
    EXPECT_EQ((*again)->node(id).origins(), graph->node(id).origins());
    EXPECT_EQ((*again)->node(id).attributes().text("s", ""), "a\x80");
    EXPECT_EQ(*(*again)->value((*again)->findValue("w")).constant(),
              *graph->value(graph->findValue("w")).constant());
    EXPECT_EQ((*again)->value((*again)->findValue("names")).constant()->values<std::string>()[1], "b\x80");
}

TEST_F(GraphJson, RefusesIdsOutsideTheTables) {
    const auto good = toJson(rich());
    const auto broken = [&](auto change) {
        auto json = good;
        change(json);
        const auto graph = fromJson(json);
        return graph ? "no error" : graph.error().message;
    };
    EXPECT_NE(broken([](auto& j) { j["nodes"].back()["inputs"][0] = 999; }).find("id 999"),
              std::string::npos);
    EXPECT_NE(broken([](auto& j) { j["nodes"].back()["graph"] = -1; }).find("id -1"), std::string::npos);
    EXPECT_NE(broken([](auto& j) { j["subgraphs"][0]["outputs"][0] = 1; }).find("removed value"),
              std::string::npos);
    EXPECT_NE(broken([](auto& j) {
                  j["nodes"].back()["outputs"][1] = j["nodes"].back()["outputs"][0];
              }).find("made twice"),
              std::string::npos);
    EXPECT_NE(broken([](auto& j) { j["version"] = 9; }).find("version 9"), std::string::npos);
    EXPECT_NE(broken([](auto& j) { j.erase("values"); }).find("damaged"), std::string::npos);
    EXPECT_NE(broken([](auto& j) { j["values"][0] = 5; }).find("damaged"), std::string::npos);
}

}  // namespace
}  // namespace lathe::project
