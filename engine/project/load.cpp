// Loads a workspace: checks the version, reads source models again, puts the graphs together.
#include <fmt/format.h>

#include <algorithm>
#include <new>
#include <nlohmann/json.hpp>

#include "engine/base/file_map.h"
#include "engine/base/text.h"
#include "engine/evaluate/json.h"
#include "engine/project/graph_json.h"
#include "engine/project/json.h"
#include "engine/project/schema.h"
#include "engine/project/source_files.h"
#include "engine/project/weight_store.h"
#include "engine/project/workspace.h"

namespace lathe::project {
namespace {

using Json = nlohmann::json;

base::Status checkHeader(Database& database) {
    const auto application = database.number("PRAGMA application_id");
    if (!application) return application.error();
    if (*application != kApplicationId) return base::Error::badInput("This is not a Lathe workspace.");
    const auto version = database.number("PRAGMA user_version");
    if (!version) return version.error();
    if (*version < 1 || *version > kSchemaVersion)
        return base::Error::badInput(
            fmt::format("The workspace has version {}, this program reads up to {}. Use a newer program.",
                        *version, kSchemaVersion));
    return {};
}

// SQLite reads a file that was cut off as far as its pages go; the header says how many there should be
// (page size at byte 16, page count at byte 28, both big-endian; "Database File Format", 1.3).
bool isWhole(std::span<const std::byte> file) {
    const auto number = [&](size_t at, size_t size) {
        uint64_t value = 0;
        for (size_t i = 0; i < size; ++i) value = value << 8 | std::to_integer<uint64_t>(file[at + i]);
        return value;
    };
    if (file.size() < 100) return true;  // too short for a header: SQLite says so
    const auto pageSize = number(16, 2) == 1 ? 65536 : number(16, 2);
    return pageSize * number(28, 4) <= file.size();
}

// Calls `each` for every row of a query, which may fail.
template <typename Each>
base::Status forRows(Database& database, std::string_view sql, Each each) {
    auto select = database.prepare(sql);
    if (!select) return select.error();
    while (true) {
        const auto row = select->step();
        if (!row) return row.error();
        if (!*row) return {};
        if (base::Status s = each(*select); !s) return s;
    }
}

base::Result<std::map<int64_t, ir::GraphPtr>> reopenSources(Database& database,
                                                            const std::filesystem::path& path,
                                                            const base::Progress& progress) {
    std::map<int64_t, ir::GraphPtr> graphs;
    const auto status =
        forRows(database, "SELECT id, path, relative, size, sha256 FROM sources ORDER BY id",
                [&](Statement& row) -> base::Status {
                    const SourceFile source{row.text(1), row.text(2), row.integer(3), row.text(4)};
                    progress.report(0, fmt::format("Reading {}", source.path));
                    auto graph = reopenSource(source, path, progress);
                    if (!graph) return graph.error();
                    graphs[row.integer(0)] = std::move(*graph);
                    return {};
                });
    if (!status) return status.error();
    return graphs;
}

base::Status loadVariants(Database& database, const std::map<int64_t, ir::GraphPtr>& sources,
                          Workspace& workspace, const base::Progress& progress) {
    ContentStore contents(database);
    return forRows(
        database,
        "SELECT id, parent, name, notes, step, report, file_bytes, source, graph FROM variants ORDER BY "
        "position",
        [&](Statement& row) -> base::Status {
            if (auto s = progress.check(); !s) return s;
            Variant variant;
            variant.id = row.integer(0);
            variant.parent = row.integer(1);
            variant.name = row.text(2);
            variant.notes = row.text(3);
            auto step = stepFromJson(Json::parse(row.text(4)));
            if (!step) return step.error().inside(variant.name);
            variant.step = std::move(*step);
            auto report = reportFromJson(Json::parse(row.text(5)));
            if (!report) return report.error().inside(variant.name);
            variant.report = std::move(*report);
            variant.fileBytes = static_cast<uint64_t>(row.integer(6));
            const auto source = sources.find(row.integer(7));
            const auto content = contents.get(row.text(8));
            if (!content) return content.error().inside(variant.name);
            const std::string_view text(reinterpret_cast<const char*>((*content)->data()),
                                        (*content)->size());
            WeightReader weights(contents, source == sources.end() ? nullptr : source->second.get());
            auto graph =
                graphFromJson(Json::parse(text), [&](const Json& json) { return weights.find(json); });
            if (!graph) return graph.error().inside(variant.name);
            variant.graph = std::move(*graph);
            if (workspace.find(variant.id) || variant.id < 1)
                return base::Error::badInput(fmt::format("Two variants have the number {}.", variant.id));
            workspace.nextVariant = std::max(workspace.nextVariant, variant.id + 1);
            workspace.variants.push_back(std::make_shared<const Variant>(std::move(variant)));
            return {};
        });
}

base::Status loadMeasurements(Database& database, Workspace& workspace) {
    return forRows(database, "SELECT kind, variant, other, content FROM measurements ORDER BY position",
                   [&](Statement& row) -> base::Status {
                       const auto kind = row.text(0);
                       const auto json = Json::parse(row.text(3));
                       const VariantId variant = row.integer(1);
                       if (kind == "profile") {
                           auto value = profileFromJson(json);
                           if (!value) return value.error();
                           workspace.profiles[variant].push_back(
                               std::make_shared<const profile::Profile>(std::move(*value)));
                       } else if (kind == "evaluation") {
                           auto value = evaluate::evaluationFromJson(json);
                           if (!value) return value.error();
                           workspace.evaluations[variant].push_back(
                               std::make_shared<const evaluate::Evaluation>(std::move(*value)));
                       } else if (kind == "comparison") {
                           auto value = evaluate::comparisonFromJson(json);
                           if (!value) return value.error();
                           workspace.comparisons[{variant, row.integer(2)}] =
                               std::make_shared<const evaluate::Comparison>(std::move(*value));
                       }
                       return {};
                   });
}

base::Status loadRest(Database& database, Workspace& workspace) {
    auto status = forRows(database, "SELECT entry FROM datasets ORDER BY position",
                          [&](Statement& row) -> base::Status {
                              auto entry = datasetFromJson(Json::parse(row.text(0)));
                              if (!entry) return entry.error();
                              workspace.datasets.push_back(std::move(*entry));
                              return {};
                          });
    if (!status) return status;
    status = forRows(database, "SELECT key, value FROM settings", [&](Statement& row) -> base::Status {
        workspace.settings[row.text(0)] = row.text(1);
        return {};
    });
    if (!status) return status;
    return forRows(database, "SELECT value FROM meta WHERE key = 'nextVariant'",
                   [&](Statement& row) -> base::Status {
                       const auto next = base::parseInteger(row.text(0));
                       if (next) workspace.nextVariant = std::max(workspace.nextVariant, *next);
                       return {};
                   });
}

base::Result<WorkspacePtr> loadChecked(const std::filesystem::path& path, const base::Progress& progress) {
    // FileMap says best what is wrong with a path.
    {
        const auto map = base::FileMap::open(path);
        if (!map) return map.error();
        if (!isWhole((*map)->bytes()))
            return base::Error::badInput(
                fmt::format("{}: is damaged or is no workspace: its end is missing.", path.string()));
    }
    auto database = Database::openForReading(path, progress);
    if (!database) return database.error();
    if (auto s = checkHeader(*database); !s) return s.error().inside(path.string());
    const auto sources = reopenSources(*database, path, progress.part(0, 0.5));
    if (!sources) return sources.error();
    auto workspace = std::make_shared<Workspace>();
    for (const auto& status : {loadVariants(*database, *sources, *workspace, progress.part(0.5, 0.9)),
                               loadMeasurements(*database, *workspace), loadRest(*database, *workspace)})
        if (!status) return status.error().inside(path.string());
    progress.report(1);
    return WorkspacePtr(std::move(workspace));
}

}  // namespace

base::Result<WorkspacePtr> load(const std::filesystem::path& path, const base::Progress& progress) {
    try {
        return loadChecked(path, progress);
    } catch (const Json::exception& error) {
        return base::Error::badInput(fmt::format("{}: is damaged: {}.", path.string(), error.what()));
    } catch (const std::bad_alloc&) {
        return base::Error{fmt::format("{}: not enough memory to open it.", path.string())};
    }
}

}  // namespace lathe::project
