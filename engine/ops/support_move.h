// Copies elements of any type between tensors without looking at them: whole bytes, packed codes, strings.
#pragma once

#include <cstring>

#include "engine/tensor/tensor.h"

namespace lathe::ops {

class Mover {
  public:
    // Both have the same element type; nobody shares `to`, and both outlive the mover.
    Mover(const tensor::Tensor& from, tensor::Tensor& to);

    // Copies `count` elements in a row; indices are element indices.
    void copy(int64_t to, int64_t from, int64_t count = 1) {
        if (m_width > 0)
            std::memcpy(m_to.data() + to * m_width, m_from.data() + from * m_width,
                        static_cast<size_t>(count * m_width));
        else
            copyUnusual(to, from, count);
    }

  private:
    void copyUnusual(int64_t to, int64_t from, int64_t count);

    tensor::DataType m_type;
    std::span<const std::byte> m_from;
    std::span<std::byte> m_to;
    int64_t m_width;  // bytes an element; 0 for packed types and strings
};

// Sets every element of `out` to the first of `value` (same element type); to zero when value is null.
void fill(tensor::Tensor& out, const tensor::Tensor* value);

}  // namespace lathe::ops
