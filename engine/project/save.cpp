// Saves a workspace: changes the file in place when it is as this program left it, else writes a new one
// beside it and renames that over it.
#include <fmt/format.h>
#include <unistd.h>

#include <new>
#include <nlohmann/json.hpp>

#include "engine/base/atomic_file.h"
#include "engine/base/hash.h"
#include "engine/evaluate/json.h"
#include "engine/profile/json.h"
#include "engine/project/dataset_files.h"
#include "engine/project/graph_store.h"
#include "engine/project/json.h"
#include "engine/project/schema.h"
#include "engine/project/workspace.h"

namespace lathe::project {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr int64_t kFewPages = 4096;  // a file this small is not worth compacting

std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

// One save into a database whose tables are empty but for the contents.
class Saver {
  public:
    Saver(const Workspace& workspace, fs::path path, Database& database, ContentStore& contents,
          SaveMemory& memory)
        : m_workspace(workspace),
          m_path(std::move(path)),
          m_database(database),
          m_contents(contents),
          m_memory(memory) {}

    base::Status run(const base::Progress& progress) {
        if (auto s = variants(progress.part(0, 0.9)); !s) return s;
        if (auto s = measurements(); !s) return s;
        if (auto s = rest(progress.part(0.9, 1)); !s) return s;
        return m_contents.removeOthers();
    }

  private:
    base::Result<int64_t> sourceNumber(const SourcePtr& source);
    base::Status variants(const base::Progress& progress);
    base::Status measurements();
    base::Status rest(const base::Progress& progress);

    const Workspace& m_workspace;
    fs::path m_path;
    Database& m_database;
    ContentStore& m_contents;
    SaveMemory& m_memory;
    std::map<SourcePtr, int64_t> m_sources;
};

// The number of a source, written once; 0 when there is none to refer to.
base::Result<int64_t> Saver::sourceNumber(const SourcePtr& source) {
    if (!source) return int64_t{0};
    if (const auto it = m_sources.find(source); it != m_sources.end()) return it->second;
    const auto number = static_cast<int64_t>(m_sources.size()) + 1;
    auto insert = m_database.prepare("INSERT INTO source_files VALUES(?, ?, ?, ?, ?, ?)");
    if (!insert) return insert.error();
    std::error_code unknown;
    const auto folder = fs::absolute(m_path, unknown).parent_path();
    for (size_t i = 0; i < source->files.size(); ++i) {
        const auto& file = source->files[i];
        const auto relative =
            i == 0 ? fs::path(file.path).lexically_relative(folder).string() : file.relative;
        insert->bind(number).bind(static_cast<int64_t>(i)).bind(file.path).bind(relative);
        if (auto s = insert->bind(file.size).bind(file.sha256).run(); !s) return s.error();
    }
    m_sources.emplace(source, number);
    return number;
}

base::Status Saver::variants(const base::Progress& progress) {
    auto insert = m_database.prepare("INSERT INTO variants VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!insert) return insert.error();
    const auto& list = m_workspace.variants;
    for (size_t i = 0; i < list.size(); ++i) {
        const auto& variant = *list[i];
        if (auto s = progress.check(); !s) return s;
        const auto part = progress.part(static_cast<double>(i) / static_cast<double>(list.size()),
                                        static_cast<double>(i + 1) / static_cast<double>(list.size()));
        part.report(0, fmt::format("Saving {}", variant.name));
        if (!variant.graph)
            return base::Error{
                fmt::format("{}: the variant {} has no graph.", m_path.string(), variant.name)};
        const auto* root = rootOf(m_workspace, variant);
        const auto source =
            root && root->graph ? m_memory.sourceOf(root->graph, part) : base::Result<SourcePtr>(SourcePtr());
        if (!source) return source.error();
        const auto number = sourceNumber(*source);
        if (!number) return number.error();
        const auto graph = storeGraph(variant.graph, *source, m_contents, m_memory);
        if (!graph) return graph.error();
        insert->bind(static_cast<int64_t>(i)).bind(variant.id).bind(variant.parent).bind(variant.name);
        insert->bind(variant.notes)
            .bind(dumped(stepToJson(variant.step)))
            .bind(dumped(reportToJson(variant.report)));
        insert->bind(static_cast<int64_t>(variant.fileBytes)).bind(*number).bind(graph->sha256);
        if (auto s = insert->run(); !s) return s;
    }
    return {};
}

base::Status Saver::measurements() {
    auto insert = m_database.prepare("INSERT INTO measurements VALUES(?, ?, ?, ?, ?)");
    if (!insert) return insert.error();
    int64_t position = 0;
    const auto add = [&](std::string_view kind, VariantId variant, VariantId other, const auto& value,
                         auto toJson) -> base::Status {
        auto name = m_memory.findText(value);
        if (name && m_contents.has(*name)) {
            m_contents.use(*name);
        } else {
            const auto text = dumped(toJson(*value));
            const auto bytes = std::as_bytes(std::span(text));
            name = base::sha256(bytes);
            if (auto s = m_contents.put(*name, bytes); !s) return s;
            m_memory.rememberText(value, *name);
        }
        return insert->bind(position++).bind(kind).bind(variant).bind(other).bind(*name).run();
    };
    for (const auto& [id, list] : m_workspace.profiles)
        for (const auto& item : list)
            if (auto s = add("profile", id, 0, item, profile::toJson); !s) return s;
    const auto fromEvaluate = [](const auto& value) { return evaluate::toJson(value); };
    for (const auto& [id, list] : m_workspace.evaluations)
        for (const auto& item : list)
            if (auto s = add("evaluation", id, 0, item, fromEvaluate); !s) return s;
    for (const auto& [ids, item] : m_workspace.comparisons)
        if (auto s = add("comparison", ids.first, ids.second, item, fromEvaluate); !s) return s;
    return {};
}

base::Status Saver::rest(const base::Progress& progress) {
    auto dataset = m_database.prepare("INSERT INTO datasets VALUES(?, ?)");
    if (!dataset) return dataset.error();
    for (size_t i = 0; i < m_workspace.datasets.size(); ++i) {
        const auto entry = describeDataset(m_workspace.datasets[i], m_memory, progress);
        if (!entry) return entry.error();
        if (auto s = dataset->bind(static_cast<int64_t>(i)).bind(dumped(datasetToJson(*entry))).run(); !s)
            return s;
    }
    auto setting = m_database.prepare("INSERT INTO settings VALUES(?, ?)");
    if (!setting) return setting.error();
    for (const auto& [key, value] : m_workspace.settings)
        if (auto s = setting->bind(key).bind(value).run(); !s) return s;
    auto meta = m_database.prepare("INSERT INTO meta VALUES(?, ?)");
    if (!meta) return meta.error();
    return meta->bind("nextVariant").bind(fmt::format("{}", m_workspace.nextVariant)).run();
}

base::Status fill(const Workspace& workspace, const fs::path& path, Database& database, SaveMemory& memory,
                  const base::Progress& progress) {
    auto contents = ContentStore::open(database);
    if (!contents) return contents.error();
    return Saver(workspace, path, database, *contents, memory).run(progress);
}

// All of a file that is written anew.
base::Status saveWhole(const Workspace& workspace, const fs::path& path, SaveMemory& memory,
                       const base::Progress& progress) {
    const auto part = base::AtomicFile::create(path);
    if (!part) return part.error();
    {
        // The part file has a name of its own; people know the target.
        auto database = Database::create((*part)->part(), path.string());
        if (!database) return database.error();
        const auto header = fmt::format("PRAGMA application_id={}; PRAGMA user_version={}; BEGIN",
                                        kApplicationId, kSchemaVersion);
        if (auto s = database->execute(header.c_str()); !s) return s;
        if (auto s = database->execute(kSchema); !s) return s;
        if (auto s = fill(workspace, path, *database, memory, progress); !s) return s;
        if (auto s = database->execute("COMMIT"); !s) return s;
    }
    if (auto s = progress.check(); !s) return s;
    // The journal of an interrupted change belongs to the file that goes; left there it would be applied to
    // the new one.
    auto journal = path;
    journal += "-journal";
    std::error_code ignored;
    if (fs::exists(journal, ignored)) {
        (void)Database::repair(path);  // until the rename the old file must be whole
        fs::remove(journal, ignored);
    }
    return (*part)->commit();
}

// Whether a file that this program left like this may be changed in place: not when it is mostly holes.
base::Result<bool> mayChange(Database& database) {
    const auto pages = database.number("PRAGMA page_count");
    if (!pages) return pages.error();
    const auto holes = database.number("PRAGMA freelist_count");
    if (!holes) return holes.error();
    return *pages <= kFewPages || *holes <= *pages / 2;
}

// Nothing when the file must be written anew.
base::Result<bool> saveInPlace(const Workspace& workspace, const fs::path& path, SaveMemory& memory,
                               const base::Progress& progress) {
    if (!memory.isOwn(path)) return false;
    auto database = Database::openForChanging(path, progress);
    if (!database) return database.error();
    auto may = mayChange(*database);
    if (!may || !*may) return may;
    auto status = database->execute(
        "BEGIN IMMEDIATE; DELETE FROM meta; DELETE FROM source_files; DELETE FROM variants; DELETE FROM "
        "datasets; DELETE FROM measurements; DELETE FROM settings");
    if (status) status = fill(workspace, path, *database, memory, progress);
    if (status) status = progress.check();
    if (status) status = database->execute("COMMIT");
    if (status) return true;
    // Closing undoes it as well; its own failure would only hide the reason.
    (void)database->execute("ROLLBACK");
    return status.error();
}

base::Status checkTarget(const fs::path& path) {
    std::error_code unknown;
    if (fs::is_directory(path, unknown))
        return base::Error{fmt::format("{}: is a folder. Give a file name.", path.string())};
    if (fs::exists(path, unknown) && ::access(path.c_str(), W_OK) != 0)
        return base::Error{
            fmt::format("{}: is protected against writing. Choose another name.", path.string())};
    return {};
}

}  // namespace

base::Status save(const Workspace& workspace, const fs::path& path, const base::Progress& progress,
                  SaveMemory* memory) {
    if (auto s = checkTarget(path); !s) return s;
    SaveMemory nothing;
    auto& known = memory ? *memory : nothing;
    try {
        // A link stays a link: what it leads to is replaced, or made.
        const auto target = base::behindLinks(path);
        const auto changed = saveInPlace(workspace, target, known, progress);
        const bool damaged = !changed && changed.error().kind == base::Error::Kind::badInput;
        if (!changed && !damaged) return changed.error();
        if (damaged || !*changed)
            if (auto s = saveWhole(workspace, target, known, progress); !s) return s;
        known.rememberFile(target);
        known.forgetDead();
        progress.report(1);
        return {};
    } catch (const std::bad_alloc&) {
        return base::Error{fmt::format("{}: not enough memory to save.", path.string())};
    } catch (const fs::filesystem_error& error) {
        return base::Error{fmt::format("{}: cannot be written: {}.", path.string(), error.code().message())};
    }
}

}  // namespace lathe::project
