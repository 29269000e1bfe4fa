#include "engine/base/memory_block.h"

#include <sys/mman.h>

#include <cstdint>
#include <cstring>
#include <new>

namespace lathe::base {
namespace {

constexpr size_t kHugePage = size_t{2} << 20;
constexpr std::align_val_t kAlignment{64};

size_t roundedUp(size_t bytes, size_t to) { return (bytes + to - 1) / to * to; }

}  // namespace

void MemoryRelease::operator()(std::byte* bytes) const {
    if (mapped)
        ::munmap(bytes, mapped);
    else
        ::operator delete(bytes, kAlignment);
}

MemoryBlock::MemoryBlock(size_t bytes) : m_size(bytes) {
    if (bytes == 0) return;
    if (bytes < kHugePage) {
        const size_t capacity = roundedUp(bytes, 64);
        auto* data = static_cast<std::byte*>(::operator new(capacity, kAlignment));
        std::memset(data, 0, capacity);
        m_bytes = {data, MemoryRelease{}};
        return;
    }
    // Mapped with room to align, then cut to size. New pages are zero.
    const size_t size = roundedUp(bytes, 4096);
    void* area =
        ::mmap(nullptr, size + kHugePage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (area == MAP_FAILED) throw std::bad_alloc();
    auto* start = static_cast<std::byte*>(area);
    const size_t before =
        roundedUp(reinterpret_cast<uintptr_t>(area), kHugePage) - reinterpret_cast<uintptr_t>(area);
    if (before) ::munmap(start, before);
    const size_t behind = kHugePage - before;
    if (behind) ::munmap(start + before + size, behind);
    ::madvise(start + before, size, MADV_HUGEPAGE);
    m_bytes = {start + before, MemoryRelease{size}};
}

}  // namespace lathe::base
