// Interned names: every text of a family of graphs is stored once and referred to by a 4-byte id.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace lathe::ir {

using NameId = uint32_t;  // 0 is the empty name

// Append-only; interning takes a lock, reading does not. Shared by all variants that come from one model.
class NamePool {
  public:
    NamePool();
    NamePool(const NamePool&) = delete;
    NamePool& operator=(const NamePool&) = delete;

    NameId intern(std::string_view text);
    // Valid as long as the pool.
    std::string_view text(NameId id) const;
    // The id of a text that was interned before, or UINT32_MAX.
    NameId find(std::string_view text) const;

  private:
    static constexpr uint32_t kBlockSize = 4096;
    static constexpr uint32_t kBlockLimit = 65536;

    std::string_view store(std::string_view text);

    mutable std::mutex m_mutex;
    std::unordered_map<std::string_view, NameId> m_ids;  // guarded by m_mutex
    std::unique_ptr<std::atomic<std::string_view*>[]> m_blocks;
    std::vector<std::unique_ptr<std::string_view[]>> m_ownedBlocks;
    std::vector<std::unique_ptr<char[]>> m_chunks;
    size_t m_chunkUsed = 0;
    size_t m_chunkSize = 0;
    uint32_t m_count = 0;
};

}  // namespace lathe::ir
