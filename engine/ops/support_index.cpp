#include "engine/ops/support_index.h"

#include <cassert>

namespace lathe::ops {

bool broadcastsTo(tensor::Dimensions from, tensor::Dimensions to) {
    const auto merged = tensor::broadcast(from, to);
    return merged && *merged == tensor::Shape(to);
}

std::vector<int64_t> broadcastIndices(tensor::Dimensions from, tensor::Dimensions to) {
    assert(broadcastsTo(from, to));
    const size_t lead = to.size() - from.size();
    const auto strides = tensor::strides(from);
    std::vector<int64_t> steps(to.size(), 0), position(to.size(), 0);
    for (size_t i = 0; i < from.size(); ++i)
        if (from[i] != 1) steps[lead + i] = strides[i];
    std::vector<int64_t> result(static_cast<size_t>(tensor::elementCount(to)));
    for (auto& index : result) {
        for (size_t i = 0; i < to.size(); ++i) index += position[i] * steps[i];
        nextIndex(position, to);
    }
    return result;
}

}  // namespace lathe::ops
