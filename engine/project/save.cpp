// Saves a workspace into a new file beside the target, flushes it and renames it over the target.
#include <fcntl.h>
#include <fmt/format.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <new>
#include <nlohmann/json.hpp>

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

std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

base::Error systemError(const std::filesystem::path& path) {
    return {fmt::format("{}: cannot be written: {}.{}", path.string(), std::strerror(errno),
                        errno == ENOSPC ? " Free space or choose another folder." : "")};
}

// The file that becomes the target; removed again unless commit() was called.
class PartFile {
  public:
    static base::Result<std::unique_ptr<PartFile>> create(const std::filesystem::path& target) {
        auto pattern = (target.parent_path() / ("." + target.filename().string() + ".XXXXXX.part")).string();
        const int descriptor = ::mkostemps(pattern.data(), 5, O_CLOEXEC);
        if (descriptor < 0) return systemError(target);
        const mode_t mask = ::umask(0);
        ::umask(mask);
        ::fchmod(descriptor, 0666 & ~mask);
        ::close(descriptor);
        return std::unique_ptr<PartFile>(new PartFile(pattern, target));
    }
    ~PartFile() {
        if (!m_part.empty()) ::unlink(m_part.c_str());
    }
    PartFile(const PartFile&) = delete;
    PartFile& operator=(const PartFile&) = delete;

    const std::string& path() const { return m_part; }
    base::Status commit() {
        if (auto s = flush(m_part, O_RDONLY); !s) return s;
        if (::rename(m_part.c_str(), m_target.c_str()) != 0) return systemError(m_target);
        m_part.clear();
        // The rename itself must survive a power cut too.
        const auto folder = m_target.has_parent_path() ? m_target.parent_path() : std::filesystem::path(".");
        return flush(folder, O_RDONLY | O_DIRECTORY);
    }

  private:
    PartFile(std::string part, std::filesystem::path target)
        : m_part(std::move(part)), m_target(std::move(target)) {}
    base::Status flush(const std::filesystem::path& path, int flags) const {
        const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
        if (descriptor < 0) return systemError(m_target);
        const int flushed = ::fsync(descriptor);
        ::close(descriptor);
        if (flushed != 0) return systemError(m_target);
        return {};
    }

    std::string m_part;
    std::filesystem::path m_target;
};

// Sources by path, described once.
class Sources {
  public:
    Sources(Database& database, const std::filesystem::path& workspace)
        : m_database(database), m_workspace(workspace) {}

    // The number of the file that `root` was opened from; 0 when there is none to refer to.
    base::Result<int64_t> idOf(const Variant* root, const base::Progress& progress) {
        const std::string path = root ? root->graph->info().sourcePath : std::string();
        std::error_code missing;
        if (path.empty() || !std::filesystem::is_regular_file(path, missing)) return int64_t{0};
        if (const auto it = m_ids.find(path); it != m_ids.end()) return it->second;
        const auto source = describeSource(path, m_workspace, progress);
        if (!source) return source.error();
        const auto id = static_cast<int64_t>(m_ids.size()) + 1;
        auto insert = m_database.prepare("INSERT INTO sources VALUES(?, ?, ?, ?, ?)");
        if (!insert) return insert.error();
        insert->bind(id).bind(source->path).bind(source->relative).bind(source->size).bind(source->sha256);
        if (auto s = insert->run(); !s) return s.error();
        m_ids.emplace(path, id);
        return id;
    }

  private:
    Database& m_database;
    std::filesystem::path m_workspace;
    std::map<std::string, int64_t> m_ids;
};

base::Status saveVariants(const Workspace& workspace, const std::filesystem::path& path, Database& database,
                          const base::Progress& progress) {
    ContentStore contents(database);
    Sources sources(database, path);
    auto insert = database.prepare("INSERT INTO variants VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!insert) return insert.error();
    for (size_t i = 0; i < workspace.variants.size(); ++i) {
        const auto& variant = *workspace.variants[i];
        if (auto s = progress.check(); !s) return s;
        progress.report(static_cast<double>(i) / static_cast<double>(workspace.variants.size()),
                        fmt::format("Saving {}", variant.name));
        if (!variant.graph)
            return base::Error{fmt::format("{}: the variant {} has no graph.", path.string(), variant.name)};
        const auto* root = rootOf(workspace, variant);
        const auto source = sources.idOf(root, progress);
        if (!source) return source.error();
        WeightWriter weights(contents, *source > 0 ? root->graph.get() : nullptr);
        const auto json =
            graphToJson(*variant.graph, [&](const tensor::Tensor& tensor) { return weights.store(tensor); });
        if (!json) return json.error();
        const auto text = dumped(*json);
        const auto graph = contents.put(std::as_bytes(std::span(text)));
        if (!graph) return graph.error();
        insert->bind(static_cast<int64_t>(i)).bind(variant.id).bind(variant.parent).bind(variant.name);
        insert->bind(variant.notes)
            .bind(dumped(stepToJson(variant.step)))
            .bind(dumped(reportToJson(variant.report)));
        insert->bind(static_cast<int64_t>(variant.fileBytes)).bind(*source).bind(*graph);
        if (auto s = insert->run(); !s) return s;
    }
    return {};
}

base::Status saveMeasurements(const Workspace& workspace, Database& database) {
    auto insert = database.prepare("INSERT INTO measurements VALUES(?, ?, ?, ?, ?)");
    if (!insert) return insert.error();
    int64_t position = 0;
    const auto add = [&](std::string_view kind, VariantId variant, VariantId other, const Json& json) {
        return insert->bind(position++).bind(kind).bind(variant).bind(other).bind(dumped(json)).run();
    };
    for (const auto& [id, list] : workspace.profiles)
        for (const auto& item : list)
            if (auto s = add("profile", id, 0, profileToJson(*item)); !s) return s;
    for (const auto& [id, list] : workspace.evaluations)
        for (const auto& item : list)
            if (auto s = add("evaluation", id, 0, evaluate::toJson(*item)); !s) return s;
    for (const auto& [ids, item] : workspace.comparisons)
        if (auto s = add("comparison", ids.first, ids.second, evaluate::toJson(*item)); !s) return s;
    return {};
}

base::Status saveRest(const Workspace& workspace, Database& database) {
    auto dataset = database.prepare("INSERT INTO datasets VALUES(?, ?)");
    if (!dataset) return dataset.error();
    for (size_t i = 0; i < workspace.datasets.size(); ++i)
        if (auto s = dataset->bind(static_cast<int64_t>(i))
                         .bind(dumped(datasetToJson(workspace.datasets[i])))
                         .run();
            !s)
            return s;
    auto setting = database.prepare("INSERT INTO settings VALUES(?, ?)");
    if (!setting) return setting.error();
    for (const auto& [key, value] : workspace.settings)
        if (auto s = setting->bind(key).bind(value).run(); !s) return s;
    auto meta = database.prepare("INSERT INTO meta VALUES(?, ?)");
    if (!meta) return meta.error();
    return meta->bind("nextVariant").bind(fmt::format("{}", workspace.nextVariant)).run();
}

base::Status fill(const Workspace& workspace, const std::filesystem::path& path, Database& database,
                  const base::Progress& progress) {
    const auto header = fmt::format("PRAGMA application_id={}; PRAGMA user_version={}; BEGIN", kApplicationId,
                                    kSchemaVersion);
    if (auto s = database.execute(header.c_str()); !s) return s;
    if (auto s = database.execute(kSchema); !s) return s;
    if (auto s = saveVariants(workspace, path, database, progress.part(0, 0.9)); !s) return s;
    if (auto s = saveMeasurements(workspace, database); !s) return s;
    if (auto s = saveRest(workspace, database); !s) return s;
    return database.execute("COMMIT");
}

}  // namespace

base::Status save(const Workspace& workspace, const std::filesystem::path& path,
                  const base::Progress& progress) {
    std::error_code unknown;
    if (std::filesystem::is_directory(path, unknown))
        return base::Error{fmt::format("{}: is a folder. Give a file name.", path.string())};
    const auto part = PartFile::create(path);
    if (!part) return part.error();
    try {
        auto database = Database::create((*part)->path());
        if (!database) return database.error();
        // The part file has a name of its own; people know the target.
        if (auto s = fill(workspace, path, *database, progress); !s)
            return s.error().kind == base::Error::Kind::cancelled ? s : s.error().inside(path.string());
    } catch (const std::bad_alloc&) {
        return base::Error{fmt::format("{}: not enough memory to save.", path.string())};
    }
    if (auto s = progress.check(); !s) return s;
    return (*part)->commit();
}

}  // namespace lathe::project
