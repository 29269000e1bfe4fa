// Quantized matrix products: operands less their zero points, multiplied in integers.
#pragma once

#include "engine/ops/support_matmul.h"
#include "engine/ops/support_quantize.h"

namespace lathe::ops {

// A vector of scales or zero points of the left operand speaks of its rows, one of the right of its columns;
// more dimensions broadcast as they are.
enum class Side { left, right };

// Which item of a parameter (scale or zero point) each element of `shape` takes.
base::Result<std::vector<int64_t>> parameterIndices(const EvalContext& context,
                                                    const tensor::Shape& parameter,
                                                    const tensor::Shape& shape, Side side);
// Codes of input i less its zero point (which may be omitted).
base::Result<Codes> centredOperand(const EvalContext& context, size_t i, size_t zeroPoint, Side side);

}  // namespace lathe::ops
