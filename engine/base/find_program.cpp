#include "engine/base/find_program.h"

#include <unistd.h>

#include <cstdlib>

#include "engine/base/text.h"

namespace lathe::base {
namespace {

bool isProgram(const std::filesystem::path& path) {
    std::error_code ignored;
    return std::filesystem::is_regular_file(path, ignored) && ::access(path.c_str(), X_OK) == 0;
}

}  // namespace

std::optional<std::filesystem::path> findProgram(std::string_view name, const std::filesystem::path& chosen,
                                                 const std::vector<std::filesystem::path>& otherFolders) {
    if (!chosen.empty()) return isProgram(chosen) ? std::optional(chosen) : std::nullopt;
    std::vector<std::filesystem::path> folders;
    if (const char* path = std::getenv("PATH"))
        for (const auto folder : split(path, ':'))
            if (!folder.empty()) folders.emplace_back(folder);
    folders.insert(folders.end(), otherFolders.begin(), otherFolders.end());
    for (const auto& folder : folders)
        if (isProgram(folder / name)) return folder / name;
    return {};
}

}  // namespace lathe::base
