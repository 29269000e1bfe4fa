#include "engine/kernels/cpu/support_packed.h"

#include <sys/mman.h>

#include <cstdlib>
#include <new>

namespace lathe::kernels {
namespace {

constexpr size_t kLine = 64;
constexpr size_t kHugePage = size_t{2} << 20;

}  // namespace

std::unique_ptr<void, FreePacked> allocatePacked(size_t bytes) {
    const size_t alignment = bytes >= kHugePage ? kHugePage : kLine;
    void* memory = nullptr;
    if (bytes > 0 && posix_memalign(&memory, alignment, bytes) != 0) throw std::bad_alloc();
    // A wish only: without huge pages the memory is as good, just slower.
    if (alignment == kHugePage) (void)madvise(memory, bytes, MADV_HUGEPAGE);
    return std::unique_ptr<void, FreePacked>(memory);
}

void FreePacked::operator()(void* memory) const { std::free(memory); }

}  // namespace lathe::kernels
