// Concrete dimensions. Every element count and byte size is checked for overflow.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "engine/base/small_vector.h"
#include "engine/tensor/data_type.h"

namespace lathe::tensor {

using Shape = base::SmallVector<int64_t, 6>;
using Dimensions = std::span<const int64_t>;

// The product of the dimensions (1 for a scalar); nothing on overflow of int64 or a negative dimension.
std::optional<int64_t> checkedElementCount(Dimensions dimensions);
// The same where the shape is already known to be sane; asserts.
int64_t elementCount(Dimensions dimensions);
// Bytes that the elements take, packed types rounded up to whole bytes; nothing on overflow or for strings.
std::optional<uint64_t> checkedByteSize(DataType type, Dimensions dimensions);

// Row-major strides in elements.
Shape strides(Dimensions dimensions);
// The shape that numpy-style (multidirectional) broadcasting gives, or nothing when the shapes do not fit.
std::optional<Shape> broadcast(Dimensions a, Dimensions b);
// `axis` counted from the end when negative; nothing when it is outside [-rank, rank).
std::optional<int64_t> normalizedAxis(int64_t axis, int64_t rank);

std::string toString(Dimensions dimensions);  // "[1, 3, 224, 224]"

}  // namespace lathe::tensor
