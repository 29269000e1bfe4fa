// Memory for what kernels pack once and read in every run: weights of many megabytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace lathe::kernels {

// Memory that starts undefined, aligned to a cache line. Large pieces ask for huge pages, which take a
// fraction of the page faults while they are written and of the address translation while they are read.
struct FreePacked {
    void operator()(void* memory) const;
};
std::unique_ptr<void, FreePacked> allocatePacked(size_t bytes);

// Numbers in such memory.
template <typename T>
class Packed {
  public:
    Packed() = default;
    explicit Packed(int64_t count)
        : m_data(allocatePacked(static_cast<size_t>(count) * sizeof(T))), m_size(count) {}
    T* data() { return static_cast<T*>(m_data.get()); }
    const T* data() const { return static_cast<const T*>(m_data.get()); }
    int64_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }
    size_t bytes() const { return static_cast<size_t>(m_size) * sizeof(T); }

  private:
    std::unique_ptr<void, FreePacked> m_data;
    int64_t m_size = 0;
};

using PackedFloats = Packed<float>;
using PackedHalves = Packed<uint16_t>;

}  // namespace lathe::kernels
