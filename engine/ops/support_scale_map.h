// Which scale an element of a quantized tensor uses: one for all, one an index of an axis, or one a block of
// block_size elements along that axis.
#pragma once

#include "engine/ops/eval_context.h"
#include "engine/ops/infer_context.h"
#include "engine/ops/op.h"

namespace lathe::ops {

inline constexpr TypeSet kQuantizedTypes =
    typeSet(tensor::DataType::int8, tensor::DataType::uint8, tensor::DataType::int16,
            tensor::DataType::uint16, tensor::DataType::int4, tensor::DataType::uint4, tensor::DataType::int2,
            tensor::DataType::uint2, tensor::DataType::float8e4m3fn, tensor::DataType::float8e4m3fnuz,
            tensor::DataType::float8e5m2, tensor::DataType::float8e5m2fnuz, tensor::DataType::float4e2m1);

class ScaleMap {
  public:
    ScaleMap() = default;  // one scale for all
    // `length` items of `inner` elements along the axis; `blocks` scales of `blockSize` items each.
    ScaleMap(size_t length, size_t inner, size_t blocks, size_t blockSize)
        : m_length(length), m_inner(inner), m_blocks(blocks), m_blockSize(blockSize) {}

    size_t at(size_t element) const {
        if (m_length == 0) return 0;
        const size_t inner = element % m_inner, item = element / m_inner % m_length,
                     outer = element / m_inner / m_length;
        if (m_blockSize == 0) return item;
        return (outer * m_blocks + item / m_blockSize) * m_inner + inner;
    }

  private:
    size_t m_length = 0, m_inner = 1, m_blocks = 0, m_blockSize = 0;
};

// For input 0 of `shape` with the scale in input 1 and the zero point in input 2, attributes axis and
// block_size.
base::Result<ScaleMap> scaleMap(const EvalContext& context, const tensor::Shape& shape);
// The same checks where shapes are known.
base::Status checkScaleShapes(const InferContext& context);

}  // namespace lathe::ops
