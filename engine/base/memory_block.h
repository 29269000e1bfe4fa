// Large zeroed memory of a plan: packed weights and arenas.
#pragma once

#include <cstddef>
#include <memory>

namespace lathe::base {

struct MemoryRelease {
    size_t mapped = 0;  // bytes of the mapping; 0: from the heap
    void operator()(std::byte* bytes) const;
};

// Owns its bytes; movable. Aligned to 64 bytes, large blocks to huge pages, which the system is asked to use:
// a run walks through all weights, and small pages would cost it a table look-up every 4 KiB. Throws
// std::bad_alloc when the system has no memory.
class MemoryBlock {
  public:
    MemoryBlock() = default;
    explicit MemoryBlock(size_t bytes);

    std::byte* data() const { return m_bytes.get(); }
    size_t size() const { return m_size; }

  private:
    std::unique_ptr<std::byte[], MemoryRelease> m_bytes;
    size_t m_size = 0;
};

}  // namespace lathe::base
