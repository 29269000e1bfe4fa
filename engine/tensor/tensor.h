// An n-dimensional array as a value: shared immutable bytes with a type and a shape, row-major, no strides.
#pragma once

#include <cassert>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/tensor/data_type.h"
#include "engine/tensor/shape.h"

namespace lathe::tensor {

// Copies share the bytes. Bytes may lie in a mapped file and may then be unaligned: call aligned() before
// values<T>().
class Tensor {
  public:
    Tensor() = default;  // undefined type, shape []

    // Own zeroed storage, aligned to 64 bytes. Asserts that the size fits; check shapes from outside with
    // checkedByteSize first. Strings start empty.
    static Tensor zeros(DataType type, Dimensions shape);
    // Borrowed bytes kept alive by `owner`. The size must match type and shape.
    static Tensor borrowed(DataType type, Dimensions shape, std::span<const std::byte> bytes,
                           std::shared_ptr<const void> owner);
    template <typename T>
    static Tensor of(Dimensions shape, std::span<const T> values);
    template <typename T>
    static Tensor of(std::initializer_list<int64_t> shape, std::initializer_list<T> values) {
        return of<T>(Dimensions(shape.begin(), shape.size()),
                     std::span<const T>(values.begin(), values.size()));
    }
    template <typename T>
    static Tensor scalar(T value) {
        return of<T>(Dimensions{}, std::span<const T>(&value, 1));
    }
    template <typename T>
    static Tensor vector(std::span<const T> values) {
        const auto count = static_cast<int64_t>(values.size());
        return of<T>(Dimensions(&count, 1), values);
    }

    DataType type() const { return m_type; }
    const Shape& shape() const { return m_shape; }
    int64_t rank() const { return static_cast<int64_t>(m_shape.size()); }
    int64_t dimension(size_t axis) const { return m_shape[axis]; }
    int64_t elementCount() const { return m_count; }
    bool empty() const { return m_count == 0; }
    bool defined() const { return m_type != DataType::undefined; }

    // The storage; for strings the std::string objects.
    std::span<const std::byte> bytes() const { return {m_data, m_size}; }
    // What keeps the storage alive: together with bytes() it tells one storage from another.
    const std::shared_ptr<const void>& owner() const { return m_owner; }

    // The elements as T. T must be the storage type of type() (uint8_t for float8 types; packed types only as
    // bytes()).
    template <typename T>
    std::span<const T> values() const {
        assert(dataTypeOf<T>() == m_type || (sizeof(T) == 1 && bitWidth(m_type) == 8));
        assert(reinterpret_cast<uintptr_t>(m_data) % alignof(T) == 0 &&
               "call aligned() on tensors from files");
        return {reinterpret_cast<const T*>(m_data), static_cast<size_t>(m_count)};
    }
    // For filling a tensor that was just made by zeros(); asserts that nobody shares it.
    template <typename T>
    std::span<T> mutableValues() {
        assert(dataTypeOf<T>() == m_type || (sizeof(T) == 1 && bitWidth(m_type) == 8));
        return {reinterpret_cast<T*>(mutableBytes().data()), static_cast<size_t>(m_count)};
    }
    std::span<std::byte> mutableBytes();

    // This tensor, or a copy of it when its bytes are not aligned to the element size.
    Tensor aligned() const;
    // The same bytes under another shape with the same element count.
    Tensor reshaped(Dimensions shape) const;
    // True when both have the same type, shape and bytes (strings compared by content).
    friend bool operator==(const Tensor& a, const Tensor& b);

    // Single elements as numbers, for shape arithmetic and messages; asserts on strings and complex types.
    int64_t integerAt(int64_t index) const;
    double realAt(int64_t index) const;

  private:
    DataType m_type = DataType::undefined;
    bool m_owned = false;
    Shape m_shape;
    int64_t m_count = 0;
    const std::byte* m_data = nullptr;
    size_t m_size = 0;
    std::shared_ptr<const void> m_owner;
};

template <typename T>
Tensor Tensor::of(Dimensions shape, std::span<const T> values) {
    Tensor result = zeros(dataTypeOf<T>(), shape);
    assert(static_cast<int64_t>(values.size()) == result.elementCount());
    std::copy(values.begin(), values.end(), result.template mutableValues<T>().begin());
    return result;
}

// All elements widened to int64 (integers, bool) or double (any number type).
std::vector<int64_t> toIntegers(const Tensor& tensor);
std::vector<double> toReals(const Tensor& tensor);

std::string toString(DataType type, Dimensions shape);  // "float32 [1, 3, 224, 224]"

}  // namespace lathe::tensor
