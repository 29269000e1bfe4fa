#include "engine/project/dataset_files.h"

#include <fmt/format.h>

#include "engine/base/text.h"

namespace lathe::project {
namespace {

constexpr uint64_t kLargestHashed = uint64_t{256} << 20;  // of larger files only the size is compared

std::optional<uint64_t> sizeOf(const std::filesystem::path& path) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) return {};
    const auto size = std::filesystem::file_size(path, error);
    return error ? std::nullopt : std::optional<uint64_t>(size);
}

}  // namespace

base::Result<DatasetEntry> describeDataset(DatasetEntry entry, SaveMemory& memory,
                                           const base::Progress& progress) {
    const auto size = sizeOf(entry.path);
    if (entry.size >= 0 || !size) return entry;
    if (*size <= kLargestHashed) {
        const auto file = memory.describe(entry.path, progress);
        if (!file && file.error().kind == base::Error::Kind::cancelled) return file.error();
        if (!file) return entry;
        entry.sha256 = file->sha256;
    }
    entry.size = static_cast<int64_t>(*size);
    return entry;
}

base::Result<std::optional<std::string>> checkDataset(const DatasetEntry& entry, SaveMemory& memory,
                                                      const base::Progress& progress) {
    std::error_code error;
    if (!std::filesystem::exists(entry.path, error))
        return std::optional(fmt::format(
            "Dataset {}: {} is missing. Put it back, or remove the dataset and add it from its new place.",
            entry.name, entry.path.string()));
    const auto size = sizeOf(entry.path);
    if (entry.size < 0 || !size) return std::optional<std::string>();
    bool same = static_cast<uint64_t>(entry.size) == *size;
    if (same && !entry.sha256.empty()) {
        const auto file = memory.describe(entry.path, progress);
        if (!file) return file.error();
        same = file->sha256 == entry.sha256;
    }
    if (same) return std::optional<std::string>();
    return std::optional(fmt::format(
        "Dataset {}: {} has changed since the workspace was saved (it had {}, now {}). What was measured "
        "with "
        "it may not hold any more; remove the dataset and add it again to go on with the new file.",
        entry.name, entry.path.string(), base::formatBytes(static_cast<uint64_t>(entry.size)),
        base::formatBytes(*size)));
}

}  // namespace lathe::project
