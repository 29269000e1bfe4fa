// Files of a kind in a folder, where sub-folders are classes.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/progress.h"
#include "engine/base/result.h"

namespace lathe::data {

struct LabelledFile {
    std::filesystem::path path;
    std::optional<int64_t> label = {};  // index into classNames; nothing when there are no sub-folders
};

struct FolderContent {
    std::vector<LabelledFile> files;  // sorted by class, then name
    std::vector<std::string> classNames;
};

// The file itself when `path` is one; else files with one of these extensions (lower case, ".png") in the
// folder or, one class each, in its sub-folders. A folder of splits (train, test, val) is entered: `split`,
// or test first.
base::Result<FolderContent> listFiles(const std::filesystem::path& path,
                                      std::span<const std::string_view> extensions, const std::string& split,
                                      const base::Progress& progress);
bool hasExtension(const std::filesystem::path& path, std::span<const std::string_view> extensions);
// Whether `path` is such a file, or a folder with one in it or in a sub-folder, two levels down at most.
bool holdsFiles(const std::filesystem::path& path, std::span<const std::string_view> extensions);

}  // namespace lathe::data
