// A file that changes as a whole or not at all: written beside its target and renamed over it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "engine/base/result.h"

namespace lathe::base {

// What a chain of symbolic links leads to, also when that is not there yet; any other path as it is.
std::filesystem::path behindLinks(std::filesystem::path path);

// Written as `.NAME.XXXXXX.part` beside the target; without commit() the target stays as it was and the part
// is removed. A target that is a link stays one: what it leads to is replaced, or made. Permissions are those
// of the former file, else what the umask leaves. What killed programs left of the same target is removed; a
// lock that dies with its program tells those from files that are being written. Used by one thread at a
// time.
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
    // Flushes the file to the disk, renames it over the target and flushes the folder. Fails when meanwhile a
    // mapped file was found shortened: what was written may come from there.
    Status commit();
    // The same for files that belong together, in this order: when one cannot be renamed, the others get
    // their former contents back. Only a power cut between two renames leaves new beside old.
    static Status commitAll(std::span<AtomicFile* const> files);

    int descriptor() const { return m_descriptor; }
    // Where the bytes are until they are committed, for those who write to a name.
    const std::filesystem::path& part() const { return m_part; }

  private:
    AtomicFile() = default;
    bool keepFormer();
    void restoreFormer();
    std::filesystem::path m_path;    // as it was given, for errors
    std::filesystem::path m_target;  // behind links
    std::filesystem::path m_part;    // empty once renamed
    std::filesystem::path m_former;  // where the replaced file is until all are renamed
    int m_descriptor = -1;
    int m_shortened = 0;  // mappings found shortened when it was created
};

Status writeFile(const std::filesystem::path& path, std::string_view text);

}  // namespace lathe::base
