// Memory for what kernels pack once and read in every run: weights of many megabytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace lathe::kernels {

// Floats that start undefined, aligned to a cache line. Large ones ask for huge pages, which take a
// fraction of the page faults while they are written and of the address translation while they are read.
class PackedFloats {
  public:
    PackedFloats() = default;
    explicit PackedFloats(int64_t count);
    float* data() { return m_data.get(); }
    const float* data() const { return m_data.get(); }
    int64_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }
    size_t bytes() const { return static_cast<size_t>(m_size) * sizeof(float); }

  private:
    struct Free {
        void operator()(float* memory) const;
    };
    std::unique_ptr<float, Free> m_data;
    int64_t m_size = 0;
};

}  // namespace lathe::kernels
