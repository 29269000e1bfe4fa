#include "engine/ir/names.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace lathe::ir {

NamePool::NamePool() : m_blocks(std::make_unique<std::atomic<std::string_view*>[]>(kBlockLimit)) {
    intern({});
}

NameId NamePool::intern(std::string_view text) {
    std::lock_guard lock(m_mutex);
    if (const auto it = m_ids.find(text); it != m_ids.end()) return it->second;
    const NameId id = m_count++;
    assert(id / kBlockSize < kBlockLimit);
    if (id % kBlockSize == 0) {
        m_ownedBlocks.push_back(std::make_unique<std::string_view[]>(kBlockSize));
        m_blocks[id / kBlockSize].store(m_ownedBlocks.back().get(), std::memory_order_release);
    }
    const auto stored = store(text);
    m_ownedBlocks.back()[id % kBlockSize] = stored;
    m_ids.emplace(stored, id);
    return id;
}

std::string_view NamePool::text(NameId id) const {
    return m_blocks[id / kBlockSize].load(std::memory_order_acquire)[id % kBlockSize];
}

NameId NamePool::find(std::string_view text) const {
    std::lock_guard lock(m_mutex);
    const auto it = m_ids.find(text);
    return it == m_ids.end() ? UINT32_MAX : it->second;
}

std::string_view NamePool::store(std::string_view text) {
    if (text.empty()) return {};
    if (m_chunkUsed + text.size() > m_chunkSize) {
        m_chunkSize = std::max<size_t>(text.size(), 16384);
        m_chunks.push_back(std::make_unique<char[]>(m_chunkSize));
        m_chunkUsed = 0;
    }
    char* at = m_chunks.back().get() + m_chunkUsed;
    std::memcpy(at, text.data(), text.size());
    m_chunkUsed += text.size();
    return {at, text.size()};
}

}  // namespace lathe::ir
