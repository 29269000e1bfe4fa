#include "plugins/ncnn/bin_file.h"

#include <fmt/format.h>

#include <cstring>

#include "engine/tensor/small_floats.h"

namespace lathe::ncnn {
namespace {

constexpr uint32_t kFloat32 = 0, kFloat32Too = 0x0002c056, kFloat16 = 0x01306b47;
constexpr size_t kAlignment = 4;

size_t alignedUp(size_t size) { return (size + kAlignment - 1) / kAlignment * kAlignment; }

template <typename T>
T numberAt(std::span<const std::byte> bytes, size_t at) {
    T value;
    std::memcpy(&value, bytes.data() + at, sizeof(T));
    return value;
}

}  // namespace

base::Result<std::span<const std::byte>> BinReader::take(tensor::Dimensions shape, size_t elementSize) {
    const auto count = tensor::checkedElementCount(shape);
    const auto rest = m_map->bytes().subspan(m_at);
    if (!count || static_cast<uint64_t>(*count) > rest.size() / elementSize)
        return base::Error::badInput(
            fmt::format("{}: byte {}: weights {} do not fit in the {} bytes that are left.",
                        m_map->path().string(), m_at, tensor::toString(shape), rest.size()));
    const auto size = static_cast<size_t>(*count) * elementSize;
    m_at += std::min(alignedUp(size), rest.size());
    return rest.subspan(0, size);
}

base::Result<tensor::Tensor> BinReader::plain(tensor::Dimensions shape) {
    const auto bytes = take(shape, sizeof(float));
    if (!bytes) return bytes.error();
    return tensor::Tensor::borrowed(tensor::DataType::float32, shape, *bytes, m_map).aligned();
}

base::Result<tensor::Tensor> BinReader::tagged(tensor::Dimensions shape) {
    const auto place = m_at;
    const int64_t one[] = {1};
    const auto head = take(one, sizeof(uint32_t));
    if (!head) return head.error();
    const auto tag = numberAt<uint32_t>(*head, 0);
    if (tag == kFloat32 || tag == kFloat32Too) return plain(shape);
    if (tag != kFloat16)
        return base::Error::badInput(
            fmt::format("{}: byte {}: weights with the tag {:#010x} (8-bit or table quantized) are not read.",
                        m_map->path().string(), place, tag));
    const auto bytes = take(shape, sizeof(uint16_t));
    if (!bytes) return bytes.error();
    auto result = tensor::Tensor::zeros(tensor::DataType::float32, shape);
    const auto out = result.mutableValues<float>();
    for (size_t i = 0; i < out.size(); ++i) out[i] = tensor::floatFromHalf(numberAt<uint16_t>(*bytes, 2 * i));
    return result;
}

void BinWriter::plain(std::span<const float> values) {
    if (!values.empty())
        m_bytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float));
}

void BinWriter::tagged(std::span<const float> values) {
    const uint32_t tag = m_half ? kFloat16 : kFloat32;
    m_bytes.append(reinterpret_cast<const char*>(&tag), sizeof(tag));
    if (!m_half) return plain(values);
    for (const float value : values) {
        const auto bits = tensor::halfFromFloat(value);
        m_bytes.append(reinterpret_cast<const char*>(&bits), sizeof(bits));
    }
    m_bytes.resize(alignedUp(m_bytes.size()), '\0');
}

}  // namespace lathe::ncnn
