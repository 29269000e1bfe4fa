// Reads ZIP files (PKWARE APPNOTE 6.3.9): stored and deflated members, 64-bit sizes. Bounded on any bytes.
// Immutable after open; members may be read from any thread.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/base/file_map.h"
#include "engine/base/result.h"

namespace lathe::data {

class ZipFile {
  public:
    struct Member {
        std::string name;
        uint16_t method = 0;  // 0 stored, 8 deflated
        uint32_t crc = 0;
        uint64_t compressedSize = 0, size = 0;
        uint64_t dataOffset = 0;  // of the compressed bytes in the file
    };
    // A member's content; stored ones lie in the mapped file.
    struct Content {
        std::span<const std::byte> bytes;
        std::shared_ptr<const void> owner;
    };

    // Checks the directory: every member inside the file, none over another, known methods, no encryption.
    static base::Result<ZipFile> open(const std::filesystem::path& path);

    const std::vector<Member>& members() const { return m_members; }
    const Member* find(std::string_view name) const;
    // The checksum is verified.
    base::Result<Content> read(const Member& member) const;

  private:
    std::shared_ptr<const base::FileMap> m_map;
    std::vector<Member> m_members;
};

}  // namespace lathe::data
