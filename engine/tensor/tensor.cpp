#include "engine/tensor/tensor.h"

#include <fmt/format.h>

#include <cstring>
#include <new>

#include "engine/tensor/packed.h"

namespace lathe::tensor {
namespace {

constexpr std::align_val_t kAlignment{64};

size_t alignmentOf(DataType type) {
    switch (type) {
        case DataType::string:
            return alignof(std::string);
        case DataType::complex64:
            return 4;
        case DataType::complex128:
            return 8;
        default:
            return static_cast<size_t>(std::max(1, bitWidth(type) / 8));
    }
}

}  // namespace

Tensor Tensor::zeros(DataType type, Dimensions shape) {
    Tensor result;
    result.m_type = type;
    result.m_shape = Shape(shape);
    result.m_count = tensor::elementCount(shape);
    result.m_owned = true;
    if (type == DataType::string) {
        auto strings = std::make_shared<std::vector<std::string>>(static_cast<size_t>(result.m_count));
        result.m_data = reinterpret_cast<const std::byte*>(strings->data());
        result.m_size = strings->size() * sizeof(std::string);
        result.m_owner = std::move(strings);
        return result;
    }
    const auto size = checkedByteSize(type, shape);
    assert(size && "check the size of a tensor from outside before allocating it");
    result.m_size = static_cast<size_t>(*size);
    // Whole cache lines, so that vector code may read to the end of the last one.
    const size_t capacity = (result.m_size + 63) / 64 * 64 + 64;
    auto* data = static_cast<std::byte*>(::operator new(capacity, kAlignment));
    std::memset(data, 0, capacity);
    result.m_data = data;
    result.m_owner = std::shared_ptr<const void>(data, [](void* p) { ::operator delete(p, kAlignment); });
    return result;
}

Tensor Tensor::borrowed(DataType type, Dimensions shape, std::span<const std::byte> bytes,
                        std::shared_ptr<const void> owner) {
    assert(checkedByteSize(type, shape) == bytes.size());
    Tensor result;
    result.m_type = type;
    result.m_shape = Shape(shape);
    result.m_count = tensor::elementCount(shape);
    result.m_data = bytes.data();
    result.m_size = bytes.size();
    result.m_owner = std::move(owner);
    return result;
}

std::span<std::byte> Tensor::mutableBytes() {
    assert(m_owned && m_owner.use_count() == 1 && "only a tensor nobody shares may be filled");
    return {const_cast<std::byte*>(m_data), m_size};
}

Tensor Tensor::aligned() const {
    if (reinterpret_cast<uintptr_t>(m_data) % alignmentOf(m_type) == 0) return *this;
    Tensor copy = zeros(m_type, m_shape);
    std::memcpy(copy.mutableBytes().data(), m_data, m_size);
    return copy;
}

Tensor Tensor::reshaped(Dimensions shape) const {
    assert(tensor::elementCount(shape) == m_count);
    Tensor result = *this;
    result.m_shape = Shape(shape);
    return result;
}

bool operator==(const Tensor& a, const Tensor& b) {
    if (a.m_type != b.m_type || !(a.m_shape == b.m_shape)) return false;
    if (a.m_type == DataType::string) {
        const auto x = a.values<std::string>(), y = b.values<std::string>();
        return std::equal(x.begin(), x.end(), y.begin(), y.end());
    }
    return a.m_size == b.m_size && (a.m_size == 0 || std::memcmp(a.m_data, b.m_data, a.m_size) == 0);
}

int64_t Tensor::integerAt(int64_t index) const {
    assert(index >= 0 && index < m_count);
    const auto at = [&]<typename T>(T) {
        T value;
        std::memcpy(&value, m_data + static_cast<size_t>(index) * sizeof(T), sizeof(T));
        return value;
    };
    switch (m_type) {
        case DataType::boolean:
        case DataType::uint8:
            return at(uint8_t{});
        case DataType::int8:
            return at(int8_t{});
        case DataType::uint16:
            return at(uint16_t{});
        case DataType::int16:
            return at(int16_t{});
        case DataType::uint32:
            return at(uint32_t{});
        case DataType::int32:
            return at(int32_t{});
        case DataType::uint64:
            return static_cast<int64_t>(at(uint64_t{}));
        case DataType::int64:
            return at(int64_t{});
        case DataType::uint4:
        case DataType::uint2:
            return packedBits(bytes(), bitWidth(m_type), index);
        case DataType::int4:
            return (packedBits(bytes(), 4, index) ^ 8) - 8;
        case DataType::int2:
            return (packedBits(bytes(), 2, index) ^ 2) - 2;
        default:
            return static_cast<int64_t>(realAt(index));
    }
}

double Tensor::realAt(int64_t index) const {
    assert(index >= 0 && index < m_count);
    const auto at = [&]<typename T>(T) {
        T value;
        std::memcpy(&value, m_data + static_cast<size_t>(index) * sizeof(T), sizeof(T));
        return value;
    };
    switch (m_type) {
        case DataType::float32:
            return at(float{});
        case DataType::float64:
            return at(double{});
        case DataType::float16:
            return static_cast<double>(floatFromHalf(at(uint16_t{})));
        case DataType::bfloat16: {
            BFloat16 value;
            value.bits = at(uint16_t{});
            return static_cast<double>(static_cast<float>(value));
        }
        case DataType::float8e4m3fn:
        case DataType::float8e4m3fnuz:
        case DataType::float8e5m2:
        case DataType::float8e5m2fnuz:
        case DataType::float8e8m0:
            return static_cast<double>(floatFromCode(m_type, at(uint8_t{})));
        case DataType::float4e2m1:
            return static_cast<double>(floatFromCode(m_type, packedBits(bytes(), 4, index)));
        case DataType::uint64:
            return static_cast<double>(at(uint64_t{}));
        case DataType::string:
        case DataType::complex64:
        case DataType::complex128:
        case DataType::undefined:
            assert(false && "not a real number type");
            return 0;
        default:
            return static_cast<double>(integerAt(index));
    }
}

std::vector<int64_t> toIntegers(const Tensor& tensor) {
    std::vector<int64_t> result(static_cast<size_t>(tensor.elementCount()));
    for (size_t i = 0; i < result.size(); ++i) result[i] = tensor.integerAt(static_cast<int64_t>(i));
    return result;
}

std::vector<double> toReals(const Tensor& tensor) {
    std::vector<double> result(static_cast<size_t>(tensor.elementCount()));
    for (size_t i = 0; i < result.size(); ++i) result[i] = tensor.realAt(static_cast<int64_t>(i));
    return result;
}

std::string toString(DataType type, Dimensions shape) {
    return fmt::format("{} {}", name(type), toString(shape));
}

}  // namespace lathe::tensor
