#include "engine/bundle/write_folder.h"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>

#include "engine/base/atomic_file.h"
#include "engine/formats/lathe/lathe.h"

namespace lathe::bundle {
namespace {

namespace fs = std::filesystem;

// Tells a folder that may be replaced from somebody's own.
constexpr std::string_view kMark = ".lathe-export";

base::Status mayReplace(const fs::path& path) {
    std::error_code failed;
    if (!fs::exists(fs::symlink_status(path, failed))) return {};
    if (fs::is_directory(path, failed) &&
        (fs::is_empty(path, failed) || fs::exists(fs::symlink_status(path / kMark, failed))))
        return {};
    return base::Error{
        fmt::format("{}: is there already and is not a folder that Lathe exported. Give another name.",
                    path.string()),
        base::Error::Kind::usage};
}

// Removes a folder that we made, unless it got another name.
class Remover {
  public:
    explicit Remover(fs::path path) : m_path(std::move(path)) {}
    ~Remover() {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    Remover(const Remover&) = delete;
    Remover& operator=(const Remover&) = delete;

  private:
    fs::path m_path;
};

base::Status writeAll(const Files& files, const fs::path& folder, const base::Progress& progress) {
    size_t done = 0;
    for (const auto& [name, text] : files) {
        if (auto status = progress.check(); !status) return status;
        progress.report(static_cast<double>(done++) / static_cast<double>(files.size()), "Writing");
        const auto path = folder / name;
        std::error_code failed;
        fs::create_directories(path.parent_path(), failed);
        // Not one by one to the disk, which takes seconds: the folder gets its name when all are written.
        std::ofstream file(path, std::ios::binary);
        file.write(text.data(), static_cast<std::streamsize>(text.size()));
        file.close();
        if (!file || fs::file_size(path, failed) != text.size() || failed)
            return base::Error{
                fmt::format("{}: cannot be written. Free space or choose another folder.", path.string())};
    }
    return {};
}

}  // namespace

base::Status writeFolder(const Files& files, const ir::Graph* graph, const fs::path& path,
                         const base::Progress& progress) {
    auto target = fs::absolute(path).lexically_normal();
    if (!target.has_filename()) target = target.parent_path();
    target = base::behindLinks(target);
    if (auto status = mayReplace(target); !status) return status;
    const auto part =
        target.parent_path() / fmt::format(".{}.{}.part", target.filename().string(), ::getpid());
    std::error_code failed;
    if (!fs::create_directory(part, failed)) {
        if (failed)
            return base::Error{fmt::format("{}: cannot be made: {}.", part.string(), failed.message())};
        return base::Error{
            fmt::format("{}: is being exported already. Wait for that, or remove {} if nothing is.",
                        target.string(), part.string())};
    }
    const Remover remover(part);
    auto marked = files;
    marked.emplace(kMark,
                   "This folder was exported by Lathe, which replaces it when it exports here again.\n");
    if (auto status = writeAll(marked, part, progress.part(0, 0.7)); !status) return status;
    if (graph)
        if (auto status = formats::flat::writeFile(*graph, part / "model.lathe", {}, progress.part(0.7, 1));
            !status)
            return status;
    if (auto status = progress.check(); !status) return status;
    return replaceFolder(part, target);
}

base::Status replaceFolder(const fs::path& from, const fs::path& to) {
    std::error_code failed;
    auto former = from;
    former += ".former";
    const bool replaces = fs::exists(to, failed);
    if (replaces) fs::rename(to, former, failed);
    if (failed) return base::Error{fmt::format("{}: cannot be written: {}.", to.string(), failed.message())};
    fs::rename(from, to, failed);
    if (!failed) {
        fs::remove_all(former, failed);
        return {};
    }
    std::error_code lost;
    if (replaces) fs::rename(former, to, lost);
    return base::Error{fmt::format("{}: cannot be written: {}.{}", to.string(), failed.message(),
                                   lost ? fmt::format(" What was there is now {}.", former.string()) : "")};
}

}  // namespace lathe::bundle
