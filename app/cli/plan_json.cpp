#include "app/cli/plan_json.h"

#include "engine/runtime/json.h"

namespace lathe::cli {

nlohmann::json planJson(const ir::Graph& graph, const runtime::Session& session) {
    auto steps = nlohmann::json::array();
    for (const auto& entry : session.plan()) {
        steps.push_back(runtime::toJson(entry));
        auto& nodes = steps.back()["nodes"] = nlohmann::json::array();
        for (const auto node : entry.nodes)
            nodes.push_back({{"node", node.index}, {"name", graph.node(node).name()}});
    }
    return steps;
}

}  // namespace lathe::cli
