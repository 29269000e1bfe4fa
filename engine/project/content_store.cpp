#include "engine/project/content_store.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>

#include "engine/base/hash.h"

namespace lathe::project {
namespace {

constexpr size_t kPartSize = size_t{64} << 20;
constexpr size_t kBlockSize = size_t{64} << 10;  // one check each

uint32_t checkOf(std::span<const std::byte> block) {
    return static_cast<uint32_t>(
        crc32_z(0, reinterpret_cast<const Bytef*>(block.data()), static_cast<z_size_t>(block.size())));
}

// CRC-32 of every block of a part, 4 bytes each in the order of this machine's memory (little-endian).
std::vector<uint32_t> checksOf(std::span<const std::byte> part) {
    std::vector<uint32_t> checks;
    for (size_t at = 0; at < part.size(); at += kBlockSize)
        checks.push_back(checkOf(part.subspan(at, std::min(kBlockSize, part.size() - at))));
    return checks;
}

// The offset of the first block that does not fit its check; the size of the part when all fit.
size_t firstDamage(std::span<const std::byte> part, std::span<const std::byte> checks) {
    const auto now = checksOf(part);
    const size_t same = std::min(now.size(), checks.size() / sizeof(uint32_t));
    for (size_t i = 0; i < same; ++i)
        if (std::memcmp(&now[i], checks.data() + i * sizeof(uint32_t), sizeof(uint32_t)) != 0)
            return i * kBlockSize;
    return same == now.size() ? part.size() : same * kBlockSize;
}

base::Error damaged(const std::string& sha256, std::string_view what) {
    return base::Error::badInput(fmt::format(
        "The content {} {}. The file was damaged on the disk; restore it from a copy.", sha256, what));
}

}  // namespace

base::Result<ContentStore> ContentStore::open(Database& database) {
    ContentStore store(database);
    auto select = database.prepare("SELECT sha256 FROM contents WHERE part = 0");
    if (!select) return select.error();
    while (true) {
        const auto row = select->step();
        if (!row) return row.error();
        if (!*row) return store;
        store.m_stored.insert(select->text(0));
    }
}

base::Status ContentStore::put(const std::string& sha256, std::span<const std::byte> bytes) {
    use(sha256);
    if (!m_stored.insert(sha256).second) return {};
    auto insert = m_database->prepare("INSERT INTO contents VALUES(?, ?, ?, ?)");
    if (!insert) return insert.error();
    for (size_t at = 0, part = 0; at == 0 || at < bytes.size(); at += kPartSize, ++part) {
        const auto piece = bytes.subspan(at, std::min(kPartSize, bytes.size() - at));
        const auto checks = checksOf(piece);
        insert->bind(sha256).bind(static_cast<int64_t>(part)).bind(std::as_bytes(std::span(checks)));
        if (auto s = insert->bind(piece).run(); !s) return s;
    }
    return {};
}

base::Status ContentStore::removeOthers() {
    auto remove = m_database->prepare("DELETE FROM contents WHERE sha256 = ?");
    if (!remove) return remove.error();
    for (const auto& sha256 : m_stored)
        if (!m_used.contains(sha256))
            if (auto s = remove->bind(sha256).run(); !s) return s;
    std::erase_if(m_stored, [&](const auto& sha256) { return !m_used.contains(sha256); });
    return {};
}

base::Result<std::shared_ptr<const std::vector<std::byte>>> ContentStore::get(const std::string& sha256) {
    if (auto known = m_loaded[sha256].lock()) return known;
    auto select = m_database->prepare("SELECT bytes, checks FROM contents WHERE sha256 = ? ORDER BY part");
    if (!select) return select.error();
    select->bind(sha256);
    auto bytes = std::make_shared<std::vector<std::byte>>();
    bool any = false;
    while (true) {
        const auto row = select->step();
        if (!row) return row.error();
        if (!*row) break;
        any = true;
        const auto piece = select->bytes(0);
        if (const auto at = firstDamage(piece, select->bytes(1)); at < piece.size())
            return damaged(sha256, fmt::format("is damaged at offset {}", bytes->size() + at));
        bytes->insert(bytes->end(), piece.begin(), piece.end());
    }
    if (!any) return damaged(sha256, "is missing");
    if (base::sha256(*bytes) != sha256)
        return damaged(sha256, fmt::format("is damaged at or before offset {}, its end", bytes->size()));
    std::shared_ptr<const std::vector<std::byte>> result = std::move(bytes);
    m_loaded[sha256] = result;
    return result;
}

}  // namespace lathe::project
