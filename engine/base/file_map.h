// A file mapped read-only into memory, and reading a text whole.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "engine/base/result.h"
#include "engine/base/shortened_files.h"

namespace lathe::base {

// Immutable after construction; share it with shared_ptr. The mapping lives as long as the object.
class FileMap {
  public:
    // Maps a regular file. The error names the path and says whether it is missing, a directory, special or
    // unreadable.
    static Result<std::shared_ptr<const FileMap>> open(const std::filesystem::path& path);
    ~FileMap();
    FileMap(const FileMap&) = delete;
    FileMap& operator=(const FileMap&) = delete;

    std::span<const std::byte> bytes() const { return m_bytes; }
    const std::filesystem::path& path() const { return m_path; }
    // Whether somebody met a page that another program cut off the file: it reads as zeros.
    bool shortened() const { return m_guard.shortened(); }

    // The mapping when `owner` is one, else null.
    static const FileMap* of(const std::shared_ptr<const void>& owner);

    // When `owner` is a mapping, the system may take the pages of these bytes back: they no longer count as
    // memory of this process, and are read again when somebody looks at them.
    static void forget(const std::shared_ptr<const void>& owner, std::span<const std::byte> bytes);

  private:
    // Tells the owner of a mapping from other owners.
    struct Delete {
        void operator()(const FileMap* map) const { delete map; }
    };
    FileMap() = default;
    std::filesystem::path m_path;
    std::span<const std::byte> m_bytes;
    MapGuard m_guard;
};

Result<std::string> readTextFile(const std::filesystem::path& path, size_t limit = size_t{64} << 20);

}  // namespace lathe::base
