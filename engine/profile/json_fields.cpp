#include "engine/profile/json_fields.h"

#include <fmt/format.h>

#include <cmath>

#include "engine/profile/flags.h"

namespace lathe::profile {
namespace {

using Json = nlohmann::json;

// Operations of a large model are 1e13; seconds, bytes and hertz are less.
constexpr double kLargest = 1e18;
constexpr size_t kMostTracks = 1000;

Json clusterToJson(const ClusterState& cluster) {
    Json json = {{"role", cluster.role}, {"cores", cluster.cores}};
    put(json, "hertz", cluster.hertz);
    put(json, "hertzAllowed", cluster.hertzAllowed);
    put(json, "governor", cluster.governor);
    return json;
}

ClusterState clusterFromJson(const Json& json) {
    ClusterState cluster;
    cluster.role = json.at("role").get<std::string>();
    cluster.cores = coreNumbers(json.at("cores"));
    get(json, "hertz", cluster.hertz);
    get(json, "hertzAllowed", cluster.hertzAllowed);
    get(json, "governor", cluster.governor);
    return cluster;
}

Json batteryToJson(const BatteryState& battery) {
    Json json = Json::object();
    put(json, "percent", battery.percent);
    put(json, "status", battery.status);
    put(json, "celsius", battery.celsius);
    put(json, "watts", battery.watts);
    return json;
}

BatteryState batteryFromJson(const Json& json) {
    BatteryState battery;
    if (const auto it = json.find("percent"); it != json.end()) battery.percent = whole(*it, 0, 100);
    get(json, "status", battery.status);
    get(json, "celsius", battery.celsius);
    get(json, "watts", battery.watts);
    return battery;
}

}  // namespace

double number(const Json& json) {
    const double value = json.get<double>();
    if (!(value >= 0 && value <= kLargest)) throw Unsound(fmt::format("{} is no measured number", value));
    return value;
}

int whole(const Json& json, int least, int most) {
    if (!json.is_number_integer()) throw Unsound("a whole number is none");
    // What does not fit 63 bits is negative here or larger than any bound.
    const auto value = json.get<int64_t>();
    if (value < least || value > most)
        throw Unsound(fmt::format("{} is not in {} to {}", value, least, most));
    return static_cast<int>(value);
}

std::vector<int> coreNumbers(const Json& json) {
    std::vector<int> cores;
    for (const auto& item : json) cores.push_back(whole(item, 0, kMostThreads));
    return cores;
}

std::vector<double> times(const Json& json) {
    if (!json.is_array()) throw Unsound("times are no list");
    std::vector<double> values;
    values.reserve(json.size());
    for (const auto& item : json) values.push_back(number(item));
    return values;
}

Json deviceStateToJson(const DeviceState& state) {
    auto clusters = Json::array(), zones = Json::array();
    for (const auto& cluster : state.clusters) clusters.push_back(clusterToJson(cluster));
    for (const auto& zone : state.zones) zones.push_back({{"name", zone.name}, {"celsius", zone.celsius}});
    Json json = {{"clusters", std::move(clusters)}, {"zones", std::move(zones)}};
    if (state.battery) json["battery"] = batteryToJson(*state.battery);
    put(json, "onlineCores", state.onlineCores);
    put(json, "thermalStatus", state.thermalStatus);
    put(json, "batterySaver", state.batterySaver);
    return json;
}

DeviceState deviceStateFromJson(const Json& json) {
    DeviceState state;
    for (const auto& item : json.at("clusters")) state.clusters.push_back(clusterFromJson(item));
    for (const auto& item : json.at("zones"))
        state.zones.push_back({item.at("name").get<std::string>(), item.at("celsius").get<double>()});
    if (const auto it = json.find("battery"); it != json.end()) state.battery = batteryFromJson(*it);
    if (const auto it = json.find("onlineCores"); it != json.end())
        state.onlineCores = whole(*it, 0, kMostThreads);
    if (const auto it = json.find("thermalStatus"); it != json.end())
        state.thermalStatus = whole(*it, 0, 100);
    get(json, "batterySaver", state.batterySaver);
    return state;
}

Json seriesToJson(const Series& series) {
    auto tracks = Json::array();
    for (const auto& track : series.tracks) {
        auto values = Json::array();
        for (const auto& value : track.values) values.push_back(value ? Json(*value) : Json());
        tracks.push_back(
            {{"quantity", name(track.quantity)}, {"of", track.of}, {"values", std::move(values)}});
    }
    return {{"seconds", series.seconds}, {"tracks", std::move(tracks)}};
}

Series seriesFromJson(const Json& json) {
    Series series;
    series.seconds = times(json.at("seconds"));
    const auto& tracks = json.at("tracks");
    if (tracks.size() > kMostTracks) throw Unsound(fmt::format("{} tracks", tracks.size()));
    for (const auto& item : tracks) {
        const auto quantity = quantityNamed(item.at("quantity").get<std::string>());
        if (!quantity) continue;  // of a later version
        Track track{*quantity, item.at("of").get<std::string>(), {}};
        for (const auto& value : item.at("values"))
            track.values.push_back(value.is_null() ? std::nullopt : std::optional(value.get<double>()));
        if (track.values.size() != series.seconds.size())
            throw Unsound(fmt::format("{} values of {} at {} times", track.values.size(), name(*quantity),
                                      series.seconds.size()));
        series.tracks.push_back(std::move(track));
    }
    return series;
}

}  // namespace lathe::profile
