// Reports of transformations and dataset entries as JSON.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "engine/base/param_json.h"
#include "engine/project/json.h"

namespace lathe::project {

using Json = nlohmann::json;

Json reportToJson(const ir::Report& report) {
    auto lines = Json::array();
    for (const auto& line : report.lines)
        lines.push_back({{"name", line.name},
                         {"title", line.title},
                         {"count", line.count},
                         {"seconds", line.seconds},
                         {"note", line.note},
                         {"warning", line.warning}});
    return {
        {"nodesBefore", report.nodesBefore}, {"nodesAfter", report.nodesAfter}, {"lines", std::move(lines)}};
}

base::Result<ir::Report> reportFromJson(const Json& json) {
    try {
        ir::Report report;
        report.nodesBefore = json.at("nodesBefore").get<int64_t>();
        report.nodesAfter = json.at("nodesAfter").get<int64_t>();
        for (const auto& line : json.at("lines"))
            report.lines.push_back({line.at("name").get<std::string>(), line.at("title").get<std::string>(),
                                    line.at("count").get<int64_t>(), line.at("seconds").get<double>(),
                                    line.at("note").get<std::string>(), line.at("warning").get<bool>()});
        return report;
    } catch (const Json::exception& error) {
        return base::Error::badInput(fmt::format("A report is not sound: {}.", error.what()));
    }
}

Json datasetToJson(const DatasetEntry& entry) {
    return {{"name", entry.name},     {"path", entry.path.string()},
            {"sha256", entry.sha256}, {"loader", entry.loader},
            {"chain", entry.chain},   {"split", entry.split},
            {"first", entry.first},   {"count", entry.count},
            {"size", entry.size},     {"options", base::toJson(entry.options)}};
}

base::Result<DatasetEntry> datasetFromJson(const Json& json) {
    try {
        DatasetEntry entry;
        entry.name = json.at("name").get<std::string>();
        entry.path = json.at("path").get<std::string>();
        entry.sha256 = json.at("sha256").get<std::string>();
        entry.loader = json.at("loader").get<std::string>();
        entry.chain = json.at("chain").get<std::string>();
        entry.split = json.at("split").get<std::string>();
        entry.first = json.at("first").get<int64_t>();
        entry.count = json.at("count").get<int64_t>();
        entry.size = json.at("size").get<int64_t>();
        auto options = base::paramsFromJson(json.at("options"));
        if (!options) return options.error().inside(entry.name);
        entry.options = std::move(*options);
        return entry;
    } catch (const Json::exception& error) {
        return base::Error::badInput(fmt::format("A dataset is not sound: {}.", error.what()));
    }
}

}  // namespace lathe::project
