#include "engine/data/folder.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace lathe::data {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMostFiles = 20'000'000;
constexpr std::array<std::string_view, 5> kSplits = {"test", "val", "valid", "validation", "train"};

std::vector<fs::path> sortedEntries(const fs::path& folder, bool folders,
                                    std::span<const std::string_view> extensions) {
    std::vector<fs::path> result;
    std::error_code failed;
    for (fs::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed)) {
        const auto& path = it->path();
        if (path.filename().string().starts_with(".") || result.size() >= kMostFiles) continue;
        std::error_code ignored;
        if (it->is_directory(ignored) ? folders : !folders && hasExtension(path, extensions))
            result.push_back(path);
    }
    std::sort(result.begin(), result.end());
    return result;
}

// The folder of the split inside `folder`, or `folder` itself when it holds no splits.
base::Result<fs::path> enterSplit(const fs::path& folder, const std::string& split) {
    const auto children = sortedEntries(folder, true, {});
    std::vector<std::string> names;
    for (const auto& child : children) names.push_back(child.filename().string());
    const auto has = [&](std::string_view name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (!split.empty()) {
        if (has(split)) return folder / split;
        return base::Error::badInput(
            fmt::format("{}: has no sub-folder \"{}\" for that split.", folder.string(), split));
    }
    const bool onlySplits = std::all_of(names.begin(), names.end(), [](const std::string& name) {
        return std::find(kSplits.begin(), kSplits.end(), name) != kSplits.end();
    });
    if (names.empty() || !onlySplits) return folder;
    for (const auto candidate : kSplits)
        if (has(candidate)) return folder / candidate;
    return folder;
}

}  // namespace

bool hasExtension(const fs::path& path, std::span<const std::string_view> extensions) {
    auto extension = path.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return std::find(extensions.begin(), extensions.end(), extension) != extensions.end();
}

bool holdsFiles(const fs::path& path, std::span<const std::string_view> extensions) {
    std::error_code failed;
    if (!fs::is_directory(path, failed)) return hasExtension(path, extensions);
    if (!sortedEntries(path, false, extensions).empty()) return true;
    for (const auto& child : sortedEntries(path, true, {})) {
        if (!sortedEntries(child, false, extensions).empty()) return true;
        for (const auto& grandchild : sortedEntries(child, true, {}))
            if (!sortedEntries(grandchild, false, extensions).empty()) return true;
    }
    return false;
}

base::Result<FolderContent> listFiles(const fs::path& path, std::span<const std::string_view> extensions,
                                      const std::string& split, const base::Progress& progress) {
    FolderContent content;
    std::error_code failed;
    if (!fs::is_directory(path, failed)) {
        if (!split.empty())
            return base::Error{fmt::format("{}: is one file and has no splits.", path.string()),
                               base::Error::Kind::usage};
        content.files.push_back({path});
        return content;
    }
    const auto folder = enterSplit(path, split);
    if (!folder) return folder.error();
    for (const auto& child : sortedEntries(*folder, true, {})) {
        if (auto s = progress.check(); !s) return s.error();
        const auto files = sortedEntries(child, false, extensions);
        if (files.empty()) continue;
        const auto label = static_cast<int64_t>(content.classNames.size());
        content.classNames.push_back(child.filename().string());
        for (const auto& file : files) content.files.push_back({file, label});
    }
    if (content.files.empty())
        for (const auto& file : sortedEntries(*folder, false, extensions)) content.files.push_back({file});
    if (content.files.empty())
        return base::Error::badInput(fmt::format("{}: holds no files {} in it or in its sub-folders.",
                                                 folder->string(), fmt::join(extensions, ", ")));
    return content;
}

}  // namespace lathe::data
