#include "engine/tensor/shape.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cassert>

namespace lathe::tensor {

std::optional<int64_t> checkedElementCount(Dimensions dimensions) {
    // A zero anywhere makes the count zero, however large the others are.
    int64_t count = 1;
    bool zero = false;
    bool overflow = false;
    for (const int64_t d : dimensions) {
        if (d < 0) return {};
        if (d == 0)
            zero = true;
        else
            overflow = __builtin_mul_overflow(count, d, &count) || overflow;
    }
    if (zero) return 0;
    if (overflow) return {};
    return count;
}

int64_t elementCount(Dimensions dimensions) {
    const auto count = checkedElementCount(dimensions);
    assert(count);
    return count.value_or(0);
}

std::optional<uint64_t> checkedByteSize(DataType type, Dimensions dimensions) {
    const auto count = checkedElementCount(dimensions);
    const auto bits = static_cast<uint64_t>(bitWidth(type));
    if (!count || bits == 0) return {};
    uint64_t total = 0;
    if (__builtin_mul_overflow(static_cast<uint64_t>(*count), bits, &total)) return {};
    if (total > UINT64_MAX - 7) return {};
    return (total + 7) / 8;
}

Shape strides(Dimensions dimensions) {
    Shape result(dimensions.size(), 1);
    for (size_t i = dimensions.size(); i-- > 1;) result[i - 1] = result[i] * dimensions[i];
    return result;
}

std::optional<Shape> broadcast(Dimensions a, Dimensions b) {
    if (a.size() < b.size()) std::swap(a, b);
    Shape result{a};
    const size_t lead = a.size() - b.size();
    for (size_t i = 0; i < b.size(); ++i) {
        auto& d = result[lead + i];
        if (d == b[i] || b[i] == 1) continue;
        if (d != 1) return {};
        d = b[i];
    }
    return result;
}

std::optional<int64_t> normalizedAxis(int64_t axis, int64_t rank) {
    if (axis < -rank || axis >= rank) return {};
    return axis < 0 ? axis + rank : axis;
}

std::string toString(Dimensions dimensions) { return fmt::format("[{}]", fmt::join(dimensions, ", ")); }

}  // namespace lathe::tensor
