#include "app/cli/report_lines.h"

#include <fmt/format.h>

#include <filesystem>

#include "engine/base/text.h"

namespace lathe::cli {

void showReport(const ir::Report& report, const Output& output) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& line : report.lines)
        if (line.count > 0 || line.warning || !line.note.empty())
            rows.push_back({line.title, fmt::format("{}", line.count),
                            line.seconds > 0 ? base::formatSeconds(line.seconds) : "-", line.note});
    if (rows.empty())
        output.line("Nothing to change.");
    else
        output.table({"step", "places", "time", "note"}, rows);
    output.line(fmt::format("{} nodes before, {} after", report.nodesBefore, report.nodesAfter));
}

std::string wroteLine(const std::string& path) {
    std::error_code failed;
    const auto bytes = std::filesystem::file_size(path, failed);
    return failed ? "Wrote " + path : fmt::format("Wrote {} ({})", path, base::formatBytes(bytes));
}

nlohmann::json toJson(const ir::Report& report) {
    auto lines = nlohmann::json::array();
    for (const auto& line : report.lines)
        lines.push_back({{"name", line.name},
                         {"count", line.count},
                         {"seconds", line.seconds},
                         {"note", line.note},
                         {"warning", line.warning}});
    return {{"nodesBefore", report.nodesBefore}, {"nodesAfter", report.nodesAfter}, {"steps", lines}};
}

}  // namespace lathe::cli
