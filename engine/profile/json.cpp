// Profiles as JSON. Statistics are computed again from the raw samples when read. What versions up to 0.2 did
// not write may be missing; what is there must be sound, because it may come from a device.
#include "engine/profile/json.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "engine/profile/flags.h"
#include "engine/profile/json_fields.h"

namespace lathe::profile {
namespace {

using Json = nlohmann::json;

Json conditionsToJson(const Conditions& c) {
    Json json = {{"device", c.device},       {"processor", c.processor},     {"latheVersion", c.latheVersion},
                 {"modelHash", c.modelHash}, {"threads", c.threads},         {"inputShapes", c.inputShapes},
                 {"startedAt", c.startedAt}, {"warmupRuns", c.warmupRuns},   {"loadAverage", c.loadAverage},
                 {"mode", name(c.mode)},     {"coresWanted", c.coresWanted}, {"coresAsked", c.coresAsked},
                 {"pinned", c.pinned},       {"emulated", c.emulated}};
    if (!c.deviceName.empty()) json["deviceName"] = c.deviceName;
    if (!c.deviceAddress.empty()) json["deviceAddress"] = c.deviceAddress;
    put(json, "threadsWanted", c.threadsWanted);
    put(json, "coolDownSeconds", c.coolDownSeconds);
    put(json, "cooledDown", c.cooledDown);
    return json;
}

Conditions conditionsFromJson(const Json& json) {
    Conditions c;
    c.deviceName = json.value("deviceName", std::string());
    c.deviceAddress = json.value("deviceAddress", std::string());
    c.device = json.at("device").get<std::string>();
    c.processor = json.at("processor").get<std::string>();
    c.latheVersion = json.at("latheVersion").get<std::string>();
    c.modelHash = json.at("modelHash").get<std::string>();
    c.threads = whole(json.at("threads"), 0, kMostThreads);
    if (const auto it = json.find("threadsWanted"); it != json.end())
        c.threadsWanted = whole(*it, 0, kMostThreads);
    c.inputShapes = json.at("inputShapes").get<std::string>();
    c.startedAt = json.at("startedAt").get<std::string>();
    c.warmupRuns = whole(json.at("warmupRuns"), 0, 1 << 30);
    c.loadAverage = number(json.at("loadAverage"));
    c.mode = modeNamed(json.value("mode", std::string())).value_or(Mode::burst);
    c.coresWanted = json.value("coresWanted", std::string());
    c.coresAsked = coreNumbers(json.value("coresAsked", Json::array()));
    c.pinned = json.value("pinned", false);
    c.emulated = json.value("emulated", false);
    get(json, "coolDownSeconds", c.coolDownSeconds);
    get(json, "cooledDown", c.cooledDown);
    return c;
}

Json nodesToJson(const std::vector<NodeProfile>& nodes) {
    auto list = Json::array();
    for (const auto& node : nodes)
        list.push_back({{"node", node.node.index},
                        {"seconds", node.seconds},
                        {"macs", node.macs},
                        {"bytes", node.bytes},
                        {"kernel", node.kernel}});
    return list;
}

std::vector<NodeProfile> nodesFromJson(const Json& json) {
    std::vector<NodeProfile> nodes;
    for (const auto& item : json) {
        NodeProfile node;
        node.node.index = item.at("node").get<uint32_t>();
        node.seconds = times(item.at("seconds"));
        node.time = statistics(node.seconds);
        node.macs = number(item.at("macs"));
        node.bytes = number(item.at("bytes"));
        node.kernel = item.at("kernel").get<std::string>();
        nodes.push_back(std::move(node));
    }
    return nodes;
}

// One a sample, or none at all: in files of earlier versions, and of other modes.
void requireAsMany(std::string_view what, size_t count, size_t samples) {
    if (count != 0 && count != samples)
        throw Unsound(fmt::format("{} {} for {} samples", count, what, samples));
}

Profile readProfile(const Json& json) {
    Profile p;
    p.conditions = conditionsFromJson(json.at("conditions"));
    p.loadSeconds = number(json.at("loadSeconds"));
    p.firstRunSeconds = number(json.at("firstRunSeconds"));
    p.seconds = times(json.at("seconds"));
    p.starts = times(json.value("starts", Json::array()));
    p.loads = times(json.value("loads", Json::array()));
    for (const auto& item : json.value("cores", Json::array()))
        p.cores.push_back({whole(item.at(0), -1, kMostThreads), whole(item.at(1), -1, kMostThreads)});
    requireAsMany("start times", p.starts.size(), p.seconds.size());
    requireAsMany("load times", p.loads.size(), p.seconds.size());
    requireAsMany("cores", p.cores.size(), p.seconds.size());
    p.time = statistics(p.seconds);
    p.nodes = nodesFromJson(json.at("nodes"));
    for (const auto& item : json.at("timeline"))
        p.timeline.push_back(
            {ir::NodeId{item.at(0).get<uint32_t>()}, number(item.at(1)), number(item.at(2))});
    p.arenaBytes = json.at("arenaBytes").get<uint64_t>();
    p.lowerBoundBytes = json.value("lowerBoundBytes", uint64_t{0});
    p.weightBytes = json.at("weightBytes").get<uint64_t>();
    p.packedBytes = json.at("packedBytes").get<uint64_t>();
    p.peakResidentBytes = json.at("peakResidentBytes").get<uint64_t>();
    p.startResidentBytes = json.value("startResidentBytes", uint64_t{0});
    p.overhead = json.at("overhead").is_number() ? number(json.at("overhead")) : 0;
    get(json, "joulesPerInference", p.joulesPerInference);
    if (const auto it = json.find("before"); it != json.end()) p.before = deviceStateFromJson(*it);
    if (const auto it = json.find("after"); it != json.end()) p.after = deviceStateFromJson(*it);
    if (const auto it = json.find("series"); it != json.end()) p.series = seriesFromJson(*it);
    for (const auto& item : json.at("flags"))
        if (const auto flag = flagNamed(item.get<std::string>()); flag && !p.has(*flag))
            p.flags.push_back(*flag);  // a flag of a later version is not known here
    return p;
}

}  // namespace

Json toJson(const Profile& p) {
    auto timeline = Json::array(), cores = Json::array(), flags = Json::array();
    for (const auto& entry : p.timeline) timeline.push_back({entry.node.index, entry.start, entry.duration});
    for (const auto& sample : p.cores) cores.push_back({sample.start, sample.end});
    for (const auto flag : p.flags) flags.push_back(name(flag));
    Json json = {{"conditions", conditionsToJson(p.conditions)},
                 {"loadSeconds", p.loadSeconds},
                 {"firstRunSeconds", p.firstRunSeconds},
                 {"seconds", p.seconds},
                 {"starts", p.starts},
                 {"cores", std::move(cores)},
                 {"loads", p.loads},
                 {"nodes", nodesToJson(p.nodes)},
                 {"timeline", std::move(timeline)},
                 {"arenaBytes", p.arenaBytes},
                 {"lowerBoundBytes", p.lowerBoundBytes},
                 {"weightBytes", p.weightBytes},
                 {"packedBytes", p.packedBytes},
                 {"peakResidentBytes", p.peakResidentBytes},
                 {"startResidentBytes", p.startResidentBytes},
                 {"overhead", p.overhead},
                 {"before", deviceStateToJson(p.before)},
                 {"after", deviceStateToJson(p.after)},
                 {"series", seriesToJson(p.series)},
                 {"flags", std::move(flags)}};
    put(json, "joulesPerInference", p.joulesPerInference);
    return json;
}

base::Result<Profile> fromJson(const Json& json) {
    try {
        return readProfile(json);
    } catch (const Json::exception& error) {
        return base::Error::badInput(fmt::format("A profile is not sound: {}.", error.what()));
    } catch (const Unsound& error) {
        return base::Error::badInput(fmt::format("A profile is not sound: {}.", error.what()));
    }
}

}  // namespace lathe::profile
