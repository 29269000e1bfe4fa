// A file mapped read-only into memory, and whole-file reading and atomic writing.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "engine/base/result.h"

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
    // The whole pages of a part of bytes() need not stay in memory; they are read again when somebody looks.
    void release(std::span<const std::byte> part) const;

  private:
    FileMap() = default;
    std::filesystem::path m_path;
    std::span<const std::byte> m_bytes;
};

// A file written beside its target as `.NAME.XXXXXX.part`, flushed to disk and renamed over it by commit().
// Without commit() the target stays as it was and the part file is removed.
class AtomicFile {
  public:
    static Result<std::unique_ptr<AtomicFile>> create(const std::filesystem::path& path);
    ~AtomicFile();
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    Status write(std::span<const std::byte> bytes);
    Status write(std::string_view text);
    // Continues at this offset from the start; gaps read as zeros.
    Status seek(uint64_t offset);
    Status commit();
    int descriptor() const { return m_descriptor; }

  private:
    AtomicFile() = default;
    std::filesystem::path m_path;
    std::filesystem::path m_part;
    int m_descriptor = -1;
};

Status writeFile(const std::filesystem::path& path, std::string_view text);
Result<std::string> readTextFile(const std::filesystem::path& path, size_t limit = size_t{64} << 20);

}  // namespace lathe::base
