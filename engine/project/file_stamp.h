// Whether a file is still the one that was seen: device, inode, size and time of the last change.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace lathe::project {

struct FileStamp {
    uint64_t device = 0, inode = 0, size = 0;
    int64_t changed = 0;  // nanoseconds

    // Nothing when there is no such file.
    static std::optional<FileStamp> of(const std::filesystem::path& path);
    // Clocks of file systems are coarse: a file that changed just now may change again under the same stamp.
    bool isSettled() const;
    friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

}  // namespace lathe::project
