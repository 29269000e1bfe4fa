// The weight file of an ncnn model (.bin): arrays one after the other, in the order of the layers. Some start
// with a 4-byte tag that says how they are stored.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/file_map.h"
#include "engine/base/result.h"
#include "engine/tensor/tensor.h"

namespace lathe::ncnn {

// Reads arrays from the start to the end; every size is checked against what is left.
class BinReader {
  public:
    explicit BinReader(std::shared_ptr<const base::FileMap> map) : m_map(std::move(map)) {}

    // An array with a tag: float32 or float16.
    base::Result<tensor::Tensor> tagged(tensor::Dimensions shape);
    // Plain float32.
    base::Result<tensor::Tensor> plain(tensor::Dimensions shape);
    size_t remaining() const { return m_map->bytes().size() - m_at; }

  private:
    base::Result<std::span<const std::byte>> take(tensor::Dimensions shape, size_t elementSize);

    std::shared_ptr<const base::FileMap> m_map;
    size_t m_at = 0;
};

// Collects arrays in the order they will lie in the file.
class BinWriter {
  public:
    explicit BinWriter(bool half) : m_half(half) {}
    void tagged(std::span<const float> values);
    void plain(std::span<const float> values);
    const std::string& bytes() const { return m_bytes; }

  private:
    std::string m_bytes;
    bool m_half;  // tagged arrays as float16
};

}  // namespace lathe::ncnn
