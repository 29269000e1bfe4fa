// Broadcasting of two operands as nested loops: neighbouring dimensions that behave alike are merged, so most
// real cases become one or two dimensions.
#pragma once

#include <array>

#include "engine/tensor/shape.h"

namespace lathe::kernels {

struct BroadcastLoops {
    static constexpr size_t kRank = 6;
    size_t rank = 0;  // at least 1
    std::array<int64_t, kRank> sizes{};
    std::array<int64_t, kRank> aStrides{}, bStrides{};  // in elements; 0 where the operand repeats
};

// False when more than kRank dimensions are left after merging.
bool broadcastLoops(tensor::Dimensions a, tensor::Dimensions b, tensor::Dimensions y, BroadcastLoops& loops);

}  // namespace lathe::kernels
