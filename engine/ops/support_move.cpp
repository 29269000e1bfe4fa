#include "engine/ops/support_move.h"

#include <cassert>

#include "engine/tensor/packed.h"

namespace lathe::ops {

Mover::Mover(const tensor::Tensor& from, tensor::Tensor& to)
    : m_type(from.type()),
      m_from(from.bytes()),
      m_to(to.mutableBytes()),
      m_width(tensor::bitWidth(from.type()) / 8) {
    assert(from.type() == to.type());
}

void Mover::copyUnusual(int64_t to, int64_t from, int64_t count) {
    if (m_type == tensor::DataType::string) {
        const auto* source = reinterpret_cast<const std::string*>(m_from.data()) + from;
        std::copy(source, source + count, reinterpret_cast<std::string*>(m_to.data()) + to);
        return;
    }
    const int bits = tensor::bitWidth(m_type);
    for (int64_t i = 0; i < count; ++i)
        tensor::setPackedBits(m_to, bits, to + i, tensor::packedBits(m_from, bits, from + i));
}

void fill(tensor::Tensor& out, const tensor::Tensor* value) {
    if (!value) return;
    const int64_t count = out.elementCount();
    Mover mover(*value, out);
    for (int64_t i = 0; i < count; ++i) mover.copy(i, 0);
}

}  // namespace lathe::ops
