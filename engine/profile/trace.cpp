// The trace-event format that chrome://tracing and ui.perfetto.dev read: complete events ("X") with times in
// microseconds.
#include <map>
#include <nlohmann/json.hpp>

#include "engine/profile/measure.h"

namespace lathe::profile {

std::string traceJson(const Profile& profile, const ir::Graph& graph) {
    using Json = nlohmann::json;
    auto events = Json::array();
    events.push_back(
        {{"ph", "M"}, {"pid", 1}, {"tid", 1}, {"name", "process_name"}, {"args", {{"name", "Lathe"}}}});
    events.push_back({{"ph", "M"},
                      {"pid", 1},
                      {"tid", 1},
                      {"name", "thread_name"},
                      {"args", {{"name", profile.conditions.device}}}});
    std::map<ir::NodeId, const NodeProfile*> nodes;
    for (const auto& node : profile.nodes) nodes.emplace(node.node, &node);
    for (const auto& entry : profile.timeline) {
        Json arguments = Json::object();
        std::string name = "?", op;
        if (graph.contains(entry.node)) {
            const auto node = graph.node(entry.node);
            name = node.label();
            op = node.op();
            arguments["op"] = op;
        }
        if (const auto node = nodes.find(entry.node); node != nodes.end()) {
            arguments["kernel"] = node->second->kernel;
            arguments["medianMicroseconds"] = node->second->time.median * 1e6;
            arguments["macs"] = node->second->macs;
        }
        events.push_back({{"ph", "X"},
                          {"pid", 1},
                          {"tid", 1},
                          {"name", name},
                          {"cat", op},
                          {"ts", entry.start * 1e6},
                          {"dur", entry.duration * 1e6},
                          {"args", std::move(arguments)}});
    }
    const auto& conditions = profile.conditions;
    return Json{{"traceEvents", std::move(events)},
                {"displayTimeUnit", "ns"},
                {"otherData",
                 {{"device", conditions.device},
                  {"processor", conditions.processor},
                  {"version", conditions.latheVersion},
                  {"model", conditions.modelHash},
                  {"inputs", conditions.inputShapes},
                  {"startedAt", conditions.startedAt}}}}
        .dump(1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace lathe::profile
