// Walking over the positions of an array in row-major order.
#pragma once

#include <span>
#include <vector>

#include "engine/tensor/shape.h"

namespace lathe::ops {

// Advances a position; false (and back to zeros) after the last one.
inline bool nextIndex(std::span<int64_t> index, tensor::Dimensions limits) {
    for (size_t axis = limits.size(); axis-- > 0;) {
        if (++index[axis] < limits[axis]) return true;
        index[axis] = 0;
    }
    return false;
}

// For every element of an array of shape `to` the element of `from` that it takes under numpy broadcasting.
// `from` must broadcast to `to`.
std::vector<int64_t> broadcastIndices(tensor::Dimensions from, tensor::Dimensions to);
bool broadcastsTo(tensor::Dimensions from, tensor::Dimensions to);

// An array seen from one axis: element (outer, i, inner) lies at (outer*length + i)*inner count + inner.
struct AxisSplit {
    int64_t outer = 1, length = 1, inner = 1;
};
// The axes from `axis` up to `end` as one.
inline AxisSplit splitAt(tensor::Dimensions shape, size_t axis, size_t end) {
    AxisSplit split;
    for (size_t i = 0; i < shape.size(); ++i)
        (i < axis ? split.outer : i < end ? split.length : split.inner) *= shape[i];
    return split;
}
inline AxisSplit splitAt(tensor::Dimensions shape, size_t axis) { return splitAt(shape, axis, axis + 1); }

}  // namespace lathe::ops
