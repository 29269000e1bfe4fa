#include "app/cli/target_place.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace lathe::cli {
namespace {

namespace fs = std::filesystem;

base::Error wrong(const fs::path& path, std::string_view text) {
    return {fmt::format("{}: {}", path.string(), text), base::Error::Kind::usage};
}

base::Status checkFolder(const fs::path& folder) {
    std::error_code ignored;
    if (!fs::exists(folder, ignored))
        return wrong(folder, "there is no such folder. Make it, or name another.");
    if (!fs::is_directory(folder, ignored)) return wrong(folder, "is a file, not a folder. Name a folder.");
    if (::access(folder.c_str(), W_OK | X_OK) != 0)
        return wrong(folder, fmt::format("no files can be made there: {}. Name another folder.",
                                         std::generic_category().message(errno)));
    return {};
}

}  // namespace

base::Status checkFilePlace(const fs::path& path) {
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) return wrong(path, "is a folder. Name a file in it.");
    return checkFolderPlace(path);
}

base::Status checkFolderPlace(const fs::path& path) {
    // "results/" names the folder results.
    const auto named = path.has_filename() ? path : path.parent_path();
    return checkFolder(named.has_parent_path() ? named.parent_path() : fs::path("."));
}

base::Status checkFilesIn(const fs::path& folder) {
    std::error_code ignored;
    auto there = folder;
    while (!there.empty() && !fs::exists(there, ignored) && there != there.parent_path())
        there = there.parent_path();
    return checkFolder(there.empty() ? fs::path(".") : there);
}

}  // namespace lathe::cli
