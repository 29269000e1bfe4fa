// Loads a workspace: checks the version, reads source models again, puts the graphs together.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <nlohmann/json.hpp>

#include "engine/base/log.h"
#include "engine/base/text.h"
#include "engine/evaluate/json.h"
#include "engine/profile/json.h"
#include "engine/project/dataset_files.h"
#include "engine/project/graph_store.h"
#include "engine/project/json.h"
#include "engine/project/schema.h"
#include "engine/project/workspace.h"

namespace lathe::project {
namespace {

using Json = nlohmann::json;

base::Status checkHeader(Database& database) {
    const auto application = database.number("PRAGMA application_id");
    if (!application) return application.error();
    if (*application != kApplicationId)
        return base::Error::badInput("This is not a Lathe workspace. Choose a *.lathe-workspace file.");
    const auto version = database.number("PRAGMA user_version");
    if (!version) return version.error();
    if (*version != kSchemaVersion)
        return base::Error::badInput(
            fmt::format("The workspace has form {}, this program reads form {}. {}", *version, kSchemaVersion,
                        *version < kSchemaVersion
                            ? "It was saved by an earlier Lathe: open its models again and repeat the steps."
                            : "Use a newer program."));
    return {};
}

// SQLite reads a file that was cut off as far as its pages go; the header says how many there should be.
base::Status checkWhole(Database& database, const std::filesystem::path& path) {
    const auto pages = database.number("PRAGMA page_count"), size = database.number("PRAGMA page_size");
    if (!pages) return pages.error();
    if (!size) return size.error();
    std::error_code unknown;
    const auto bytes = std::filesystem::file_size(path, unknown);
    if (!unknown &&
        static_cast<uint64_t>(*pages) <= bytes / static_cast<uint64_t>(std::max<int64_t>(*size, 1)))
        return {};
    return base::Error::badInput("It is damaged: its end is missing. Restore it from a copy.");
}

// What is wrong with the path. Looks without opening: closing a file would take SQLite's locks on it away.
base::Status checkPath(const std::filesystem::path& path) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status))
        return base::Error{fmt::format("{}: cannot open: {}. Check the path.", path.string(),
                                       error ? error.message() : "there is no such file")};
    if (!std::filesystem::is_regular_file(status))
        return base::Error::badInput(
            fmt::format("{}: is {}, not a file. Choose a file.", path.string(),
                        std::filesystem::is_directory(status) ? "a folder" : "a device or pipe"));
    if (::access(path.c_str(), R_OK) != 0)
        return base::Error{fmt::format("{}: cannot open: {}. Check the permissions of the file.",
                                       path.string(), std::strerror(errno))};
    return {};
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

// Whether the tables are the ones that this program makes, with nothing added that a change could set off.
bool hasOwnSchema(Database& database) {
    std::string text;
    const auto status =
        forRows(database, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid",
                [&](Statement& row) -> base::Status {
                    text += row.text(0) + ";\n";
                    return {};
                });
    return status && std::string_view(kSchema).substr(1) == text;
}

// A source as its file gives it now.
struct Reopened {
    std::vector<SourceFile> files;
    ir::GraphPtr graph;
    SourcePtr known;
};

base::Result<std::map<int64_t, Reopened>> reopenSources(Database& database, const std::filesystem::path& path,
                                                        const base::Progress& progress) {
    std::map<int64_t, Reopened> sources;
    const auto status = forRows(
        database, "SELECT source, path, relative, size, sha256 FROM source_files ORDER BY source, position",
        [&](Statement& row) -> base::Status {
            sources[row.integer(0)].files.push_back({row.text(1), row.text(2), row.integer(3), row.text(4)});
            return {};
        });
    if (!status) return status.error();
    for (auto& [number, source] : sources) {
        progress.report(0, fmt::format("Reading {}", source.files.front().path));
        auto graph = reopenSource(source.files, path, progress);
        if (!graph) return graph.error();
        source.graph = std::move(*graph);
        source.known = indexSource(source.files, *source.graph);
    }
    return sources;
}

base::Status loadVariants(Database& database, ContentStore& contents,
                          const std::map<int64_t, Reopened>& sources, Workspace& workspace,
                          SaveMemory& memory, const base::Progress& progress) {
    static const Reopened kNone;
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
            const auto found = sources.find(row.integer(7));
            const auto& source = found == sources.end() ? kNone : found->second;
            auto graph = loadGraph(row.text(8), source.graph, source.known, contents, memory);
            if (!graph) return graph.error().inside(fmt::format("variant \"{}\"", variant.name));
            variant.graph = std::move(*graph);
            if (variant.parent == 0 && source.known) memory.remember(variant.graph, source.known);
            if (workspace.find(variant.id) || variant.id < 1)
                return base::Error::badInput(fmt::format("Two variants have the number {}.", variant.id));
            workspace.nextVariant = std::max(workspace.nextVariant, variant.id + 1);
            workspace.variants.push_back(std::make_shared<const Variant>(std::move(variant)));
            return {};
        });
}

base::Status loadMeasurements(Database& database, ContentStore& contents, Workspace& workspace,
                              SaveMemory& memory) {
    // The value, remembered under the name of its text.
    const auto keep = [&](auto value, const std::string& name) {
        auto result = std::make_shared<const decltype(value)>(std::move(value));
        memory.rememberText(result, name);
        return result;
    };
    return forRows(database, "SELECT kind, variant, other, content FROM measurements ORDER BY position",
                   [&](Statement& row) -> base::Status {
                       const auto kind = row.text(0);
                       const auto name = row.text(3);
                       const auto content = contents.get(name);
                       if (!content) return content.error().inside(fmt::format("a saved {}", kind));
                       const auto json = Json::parse(std::string_view(
                           reinterpret_cast<const char*>((*content)->data()), (*content)->size()));
                       const VariantId variant = row.integer(1);
                       if (kind == "profile") {
                           auto value = profile::fromJson(json);
                           if (!value) return value.error();
                           workspace.profiles[variant].push_back(keep(std::move(*value), name));
                       } else if (kind == "evaluation") {
                           auto value = evaluate::evaluationFromJson(json);
                           if (!value) return value.error();
                           workspace.evaluations[variant].push_back(keep(std::move(*value), name));
                       } else if (kind == "comparison") {
                           auto value = evaluate::comparisonFromJson(json);
                           if (!value) return value.error();
                           workspace.comparisons[{variant, row.integer(2)}] = keep(std::move(*value), name);
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

base::Result<WorkspacePtr> loadChecked(const std::filesystem::path& path, SaveMemory& memory,
                                       const base::Progress& progress) {
    if (auto s = checkPath(path); !s) return s.error();
    if (auto s = Database::repair(path); !s) return s.error();
    auto database = Database::openForReading(path, progress);
    if (!database) return database.error();
    // Reading all in one transaction: nobody changes the file meanwhile.
    if (auto s = database->execute("BEGIN"); !s) return s.error();
    if (auto s = checkHeader(*database); !s) return s.error().inside(path.string());
    if (auto s = checkWhole(*database, path); !s) return s.error().inside(path.string());
    const auto sources = reopenSources(*database, path, progress.part(0, 0.5));
    if (!sources) return sources.error();
    auto contents = ContentStore::open(*database);
    if (!contents) return contents.error();
    auto workspace = std::make_shared<Workspace>();
    const auto inside = [&](const base::Status& status) {
        const auto& error = status.error();
        const bool named = error.message.starts_with(path.string() + ":");
        return error.kind == base::Error::Kind::cancelled || named ? error : error.inside(path.string());
    };
    if (auto s = loadVariants(*database, *contents, *sources, *workspace, memory, progress.part(0.5, 0.9));
        !s)
        return inside(s);
    if (auto s = loadMeasurements(*database, *contents, *workspace, memory); !s) return inside(s);
    if (auto s = loadRest(*database, *workspace); !s) return inside(s);
    for (const auto& dataset : workspace->datasets) {
        const auto problem = checkDataset(dataset, memory, progress);
        if (!problem) return problem.error();
        if (*problem) base::logWarning("{}", **problem);
    }
    if (hasOwnSchema(*database)) memory.rememberFile(path);
    progress.report(1);
    return WorkspacePtr(std::move(workspace));
}

}  // namespace

base::Result<WorkspacePtr> load(const std::filesystem::path& path, const base::Progress& progress,
                                SaveMemory* memory) {
    SaveMemory nothing;
    try {
        return loadChecked(path, memory ? *memory : nothing, progress);
    } catch (const Json::exception& error) {
        return base::Error::badInput(
            fmt::format("{}: is damaged: {}. Restore it from a copy.", path.string(), error.what()));
    } catch (const std::bad_alloc&) {
        return base::Error{fmt::format("{}: not enough memory to open it.", path.string())};
    } catch (const std::filesystem::filesystem_error& error) {
        return base::Error{fmt::format("{}: cannot be read: {}.", path.string(), error.code().message())};
    }
}

}  // namespace lathe::project
