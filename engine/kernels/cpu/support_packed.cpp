#include "engine/kernels/cpu/support_packed.h"

#include <sys/mman.h>

#include <cstdlib>
#include <new>

namespace lathe::kernels {
namespace {

constexpr size_t kLine = 64;
constexpr size_t kHugePage = size_t{2} << 20;

}  // namespace

PackedFloats::PackedFloats(int64_t count) : m_size(count) {
    const size_t alignment = bytes() >= kHugePage ? kHugePage : kLine;
    void* memory = nullptr;
    if (count > 0 && posix_memalign(&memory, alignment, bytes()) != 0) throw std::bad_alloc();
    m_data.reset(static_cast<float*>(memory));
    // A wish only: without huge pages the memory is as good, just slower.
    if (alignment == kHugePage) (void)madvise(memory, bytes(), MADV_HUGEPAGE);
}

void PackedFloats::Free::operator()(float* memory) const { std::free(memory); }

}  // namespace lathe::kernels
