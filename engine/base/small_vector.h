// A vector of trivially copyable items that keeps up to N of them inside itself: node edges and shapes are
// short.
#pragma once

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <type_traits>

namespace lathe::base {

template <typename T, uint32_t N>
class SmallVector {
    static_assert(std::is_trivially_copyable_v<T>);

  public:
    using value_type = T;
    using iterator = T*;
    using const_iterator = const T*;

    SmallVector() = default;
    SmallVector(std::initializer_list<T> items) : SmallVector(items.begin(), items.end()) {}
    explicit SmallVector(std::span<const T> items) : SmallVector(items.begin(), items.end()) {}
    SmallVector(size_t count, T fill) { resize(count, fill); }
    template <std::input_iterator It>
    SmallVector(It first, It last) {
        for (; first != last; ++first) push_back(*first);
    }
    SmallVector(const SmallVector& other) { assign(other); }
    SmallVector(SmallVector&& other) noexcept { take(other); }
    SmallVector& operator=(const SmallVector& other) {
        if (this != &other) assign(other);
        return *this;
    }
    SmallVector& operator=(SmallVector&& other) noexcept {
        if (this != &other) take(other);
        return *this;
    }

    size_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }
    T* data() { return m_heap ? m_heap.get() : m_inline.data(); }
    const T* data() const { return m_heap ? m_heap.get() : m_inline.data(); }
    T& operator[](size_t i) { return assert(i < m_size), data()[i]; }
    const T& operator[](size_t i) const { return assert(i < m_size), data()[i]; }
    T& front() { return (*this)[0]; }
    const T& front() const { return (*this)[0]; }
    T& back() { return (*this)[m_size - 1]; }
    const T& back() const { return (*this)[m_size - 1]; }
    T* begin() { return data(); }
    T* end() { return data() + m_size; }
    const T* begin() const { return data(); }
    const T* end() const { return data() + m_size; }
    operator std::span<const T>() const { return {data(), size()}; }

    void clear() { m_size = 0; }
    void reserve(size_t capacity) {
        if (capacity <= m_capacity) return;
        auto bigger = std::make_unique<T[]>(capacity);
        std::copy(begin(), end(), bigger.get());
        m_heap = std::move(bigger);
        m_capacity = static_cast<uint32_t>(capacity);
    }
    void resize(size_t count, T fill = T{}) {
        reserve(count);
        if (count > m_size) std::fill(data() + m_size, data() + count, fill);
        m_size = static_cast<uint32_t>(count);
    }
    void push_back(T item) {
        if (m_size == m_capacity) reserve(size_t{m_capacity} * 2);
        data()[m_size++] = item;
    }
    void pop_back() { assert(m_size), --m_size; }
    void insert(const T* where, T item) {
        const auto at = static_cast<size_t>(where - data());
        push_back(item);
        std::rotate(begin() + at, end() - 1, end());
    }
    void erase(const T* where) {
        const auto at = static_cast<size_t>(where - data());
        std::copy(begin() + at + 1, end(), begin() + at);
        --m_size;
    }

    friend bool operator==(const SmallVector& a, const SmallVector& b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end());
    }

  private:
    void assign(const SmallVector& other) {
        m_size = 0;
        reserve(other.m_size);
        std::copy(other.begin(), other.end(), data());
        m_size = other.m_size;
    }
    void take(SmallVector& other) {
        m_heap = std::move(other.m_heap);
        m_inline = other.m_inline;
        m_size = other.m_size;
        m_capacity = other.m_capacity;
        other.m_size = 0;
        other.m_capacity = N;
    }

    std::unique_ptr<T[]> m_heap;
    std::array<T, N> m_inline{};
    uint32_t m_size = 0;
    uint32_t m_capacity = N;
};

}  // namespace lathe::base
