#include "engine/data/zip.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/data/inflate.h"
#include "engine/data/little_endian.h"

namespace lathe::data {
namespace {

constexpr uint32_t kEnd = 0x06054b50, kEnd64 = 0x06064b50, kEnd64Locator = 0x07064b50;
constexpr uint32_t kCentral = 0x02014b50, kLocal = 0x04034b50;
constexpr size_t kEndSize = 22, kEnd64Size = 56, kLocatorSize = 20, kCentralSize = 46, kLocalSize = 30;
constexpr uint64_t kIn64 = 0xffffffff;  // the real number is in the 64-bit field

using Span = std::span<const std::byte>;

struct Directory {
    uint64_t offset = 0, size = 0, count = 0;
};

base::Error bad(const std::filesystem::path& path, std::string_view what) {
    return base::Error::badInput(fmt::format("{}: is not a sound ZIP file: {}.", path.string(), what));
}

// The end record lies at the end of the file, before a comment of at most 65535 bytes.
base::Result<Directory> findDirectory(Span file, const std::filesystem::path& path) {
    if (file.size() < kEndSize) return bad(path, "it is too short");
    const size_t lowest = file.size() > kEndSize + 65535 ? file.size() - kEndSize - 65535 : 0;
    size_t at = file.size() - kEndSize;
    while (littleEndian<uint32_t>(file, at) != kEnd) {
        if (at == lowest) return bad(path, "the end record is missing (a truncated download?)");
        --at;
    }
    Directory directory{littleEndian<uint32_t>(file, at + 16), littleEndian<uint32_t>(file, at + 12),
                        littleEndian<uint16_t>(file, at + 10)};
    const bool wide = directory.offset == kIn64 || directory.size == kIn64 || directory.count == 0xffff;
    if (wide && at >= kLocatorSize && littleEndian<uint32_t>(file, at - kLocatorSize) == kEnd64Locator) {
        const auto end64 = littleEndian<uint64_t>(file, at - kLocatorSize + 8);
        if (end64 > file.size() || file.size() - end64 < kEnd64Size ||
            littleEndian<uint32_t>(file, static_cast<size_t>(end64)) != kEnd64)
            return bad(path, fmt::format("the 64-bit end record is not at byte {}", end64));
        const auto e = static_cast<size_t>(end64);
        directory = {littleEndian<uint64_t>(file, e + 48), littleEndian<uint64_t>(file, e + 40),
                     littleEndian<uint64_t>(file, e + 32)};
    }
    if (directory.offset > file.size() || directory.size > file.size() - directory.offset)
        return bad(path, fmt::format("the directory (bytes {} to {}) is outside the file", directory.offset,
                                     directory.offset + directory.size));
    if (directory.count > directory.size / kCentralSize)
        return bad(path, fmt::format("the directory is too small for {} members", directory.count));
    return directory;
}

// Sizes and offset that did not fit in 32 bits, in this order, each only when its 32-bit field says so.
bool readExtra64(Span extra, ZipFile::Member& member, uint64_t& offset) {
    while (extra.size() >= 4) {
        const auto id = littleEndian<uint16_t>(extra, 0);
        const size_t size = littleEndian<uint16_t>(extra, 2);
        if (size > extra.size() - 4) return false;
        auto field = extra.subspan(4, size);
        if (id == 1) {
            for (uint64_t* number : {&member.size, &member.compressedSize, &offset}) {
                if (*number != kIn64) continue;
                if (field.size() < 8) return false;
                *number = littleEndian<uint64_t>(field, 0);
                field = field.subspan(8);
            }
            return true;
        }
        extra = extra.subspan(4 + size);
    }
    return true;
}

}  // namespace

base::Result<ZipFile> ZipFile::open(const std::filesystem::path& path) {
    auto map = base::FileMap::open(path);
    if (!map) return map.error();
    ZipFile zip;
    zip.m_map = *map;
    const auto file = zip.m_map->bytes();
    const auto directory = findDirectory(file, path);
    if (!directory) return directory.error();
    auto rest = file.subspan(static_cast<size_t>(directory->offset), static_cast<size_t>(directory->size));
    for (uint64_t i = 0; i < directory->count; ++i) {
        if (rest.size() < kCentralSize || littleEndian<uint32_t>(rest, 0) != kCentral)
            return bad(path, fmt::format("entry {} of the directory is damaged", i));
        const size_t nameSize = littleEndian<uint16_t>(rest, 28);
        const size_t extraSize = littleEndian<uint16_t>(rest, 30);
        const size_t commentSize = littleEndian<uint16_t>(rest, 32);
        if (nameSize + extraSize + commentSize > rest.size() - kCentralSize)
            return bad(path, fmt::format("entry {} of the directory is cut off", i));
        Member member;
        const auto name = rest.subspan(kCentralSize, nameSize);
        member.name.assign(reinterpret_cast<const char*>(name.data()), name.size());
        member.method = littleEndian<uint16_t>(rest, 10);
        member.crc = littleEndian<uint32_t>(rest, 16);
        member.compressedSize = littleEndian<uint32_t>(rest, 20);
        member.size = littleEndian<uint32_t>(rest, 24);
        uint64_t offset = littleEndian<uint32_t>(rest, 42);
        if (!readExtra64(rest.subspan(kCentralSize + nameSize, extraSize), member, offset))
            return bad(path, fmt::format("the 64-bit sizes of {} are damaged", member.name));
        if ((littleEndian<uint16_t>(rest, 8) & 1) != 0)
            return bad(path, fmt::format("{} is encrypted", member.name));
        if (offset > file.size() || file.size() - offset < kLocalSize ||
            littleEndian<uint32_t>(file, static_cast<size_t>(offset)) != kLocal)
            return bad(path, fmt::format("{} is not at byte {}", member.name, offset));
        const auto local = static_cast<size_t>(offset);
        member.dataOffset = offset + kLocalSize + littleEndian<uint16_t>(file, local + 26) +
                            littleEndian<uint16_t>(file, local + 28);
        if (member.dataOffset > file.size() || member.compressedSize > file.size() - member.dataOffset)
            return bad(path, fmt::format("{} ends outside the file", member.name));
        zip.m_members.push_back(std::move(member));
        rest = rest.subspan(kCentralSize + nameSize + extraSize + commentSize);
    }
    // Members over each other make a small file expand many times.
    auto sorted = zip.m_members;
    std::sort(sorted.begin(), sorted.end(),
              [](const auto& a, const auto& b) { return a.dataOffset < b.dataOffset; });
    for (size_t i = 1; i < sorted.size(); ++i)
        if (sorted[i - 1].dataOffset + sorted[i - 1].compressedSize > sorted[i].dataOffset)
            return bad(path, fmt::format("{} and {} overlap", sorted[i - 1].name, sorted[i].name));
    return zip;
}

const ZipFile::Member* ZipFile::find(std::string_view name) const {
    const auto it =
        std::find_if(m_members.begin(), m_members.end(), [&](const auto& m) { return m.name == name; });
    return it == m_members.end() ? nullptr : &*it;
}

base::Result<ZipFile::Content> ZipFile::read(const Member& member) const {
    const auto where = fmt::format("{}: {}", m_map->path().string(), member.name);
    const auto stored = m_map->bytes().subspan(static_cast<size_t>(member.dataOffset),
                                               static_cast<size_t>(member.compressedSize));
    Content content;
    if (member.method == 0) {
        if (member.size != member.compressedSize)
            return base::Error::badInput(fmt::format("{}: is stored, but its two sizes differ.", where));
        content = {stored, m_map};
    } else if (member.method == 8) {
        auto bytes = inflateRaw(stored, member.size, where);
        if (!bytes) return bytes.error();
        content = {std::span(**bytes), *bytes};
    } else {
        return base::Error::badInput(
            fmt::format("{}: compression method {} is not supported. Save it with numpy.savez_compressed or "
                        "numpy.savez.",
                        where, member.method));
    }
    if (crc32Of(content.bytes) != member.crc)
        return base::Error::badInput(fmt::format("{}: the checksum is wrong; the file is damaged.", where));
    return content;
}

}  // namespace lathe::data
