// Profiles as JSON. Statistics are computed again from the raw samples when read.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "engine/profile/json.h"

namespace lathe::profile {
namespace {

using Json = nlohmann::json;

Json conditionsToJson(const Conditions& c) {
    return {{"device", c.device},       {"processor", c.processor},   {"latheVersion", c.latheVersion},
            {"modelHash", c.modelHash}, {"threads", c.threads},       {"inputShapes", c.inputShapes},
            {"startedAt", c.startedAt}, {"warmupRuns", c.warmupRuns}, {"loadAverage", c.loadAverage}};
}

Conditions conditionsFromJson(const Json& json) {
    Conditions c;
    c.device = json.at("device").get<std::string>();
    c.processor = json.at("processor").get<std::string>();
    c.latheVersion = json.at("latheVersion").get<std::string>();
    c.modelHash = json.at("modelHash").get<std::string>();
    c.threads = json.at("threads").get<int>();
    c.inputShapes = json.at("inputShapes").get<std::string>();
    c.startedAt = json.at("startedAt").get<std::string>();
    c.warmupRuns = json.at("warmupRuns").get<int>();
    c.loadAverage = json.at("loadAverage").get<double>();
    return c;
}

}  // namespace

Json toJson(const Profile& p) {
    auto nodes = Json::array(), timeline = Json::array();
    for (const auto& node : p.nodes)
        nodes.push_back({{"node", node.node.index},
                         {"seconds", node.seconds},
                         {"macs", node.macs},
                         {"bytes", node.bytes},
                         {"kernel", node.kernel}});
    for (const auto& entry : p.timeline) timeline.push_back({entry.node.index, entry.start, entry.duration});
    return {{"conditions", conditionsToJson(p.conditions)},
            {"loadSeconds", p.loadSeconds},
            {"firstRunSeconds", p.firstRunSeconds},
            {"seconds", p.seconds},
            {"nodes", std::move(nodes)},
            {"timeline", std::move(timeline)},
            {"arenaBytes", p.arenaBytes},
            {"lowerBoundBytes", p.lowerBoundBytes},
            {"weightBytes", p.weightBytes},
            {"packedBytes", p.packedBytes},
            {"peakResidentBytes", p.peakResidentBytes},
            {"overhead", p.overhead},
            {"flags", p.flags}};
}

base::Result<Profile> fromJson(const Json& json) {
    try {
        Profile p;
        p.conditions = conditionsFromJson(json.at("conditions"));
        p.loadSeconds = json.at("loadSeconds").get<double>();
        p.firstRunSeconds = json.at("firstRunSeconds").get<double>();
        p.seconds = json.at("seconds").get<std::vector<double>>();
        p.time = statistics(p.seconds);
        for (const auto& item : json.at("nodes")) {
            NodeProfile node;
            node.node.index = item.at("node").get<uint32_t>();
            node.seconds = item.at("seconds").get<std::vector<double>>();
            node.time = statistics(node.seconds);
            node.macs = item.at("macs").get<double>();
            node.bytes = item.at("bytes").get<double>();
            node.kernel = item.at("kernel").get<std::string>();
            p.nodes.push_back(std::move(node));
        }
        for (const auto& item : json.at("timeline"))
            p.timeline.push_back(
                {ir::NodeId{item.at(0).get<uint32_t>()}, item.at(1).get<double>(), item.at(2).get<double>()});
        p.arenaBytes = json.at("arenaBytes").get<uint64_t>();
        p.lowerBoundBytes = json.value("lowerBoundBytes", uint64_t{0});  // not in older files
        p.weightBytes = json.at("weightBytes").get<uint64_t>();
        p.packedBytes = json.at("packedBytes").get<uint64_t>();
        p.peakResidentBytes = json.at("peakResidentBytes").get<uint64_t>();
        p.overhead = json.at("overhead").is_number() ? json.at("overhead").get<double>() : 0;
        p.flags = json.at("flags").get<std::vector<std::string>>();
        return p;
    } catch (const Json::exception& error) {
        return base::Error::badInput(fmt::format("A profile is not sound: {}.", error.what()));
    }
}

}  // namespace lathe::profile
