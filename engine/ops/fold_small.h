// Evaluating a call at inference time when all its inputs are small and known: shape arithmetic that no rule
// follows symbolically still ends in numbers.
#pragma once

#include <optional>
#include <vector>

#include "engine/ops/infer_context.h"
#include "engine/ops/op.h"

namespace lathe::ops {

inline constexpr int64_t kSmallElements = 4096;

// One tensor an output (undefined where it has none or is large); nothing when the call is not one to fold:
// an input is unknown or large, the op is random or has bodies, or the evaluation refused.
std::optional<std::vector<tensor::Tensor>> foldSmall(const Op& op, const ir::Attributes& attributes,
                                                     const std::vector<InferContext::Input>& inputs,
                                                     const std::vector<bool>& wanted);

// Expressions that are all numbers, as a tensor of that integer type; nothing when one is not or the shape
// does not fit.
std::optional<tensor::Tensor> tensorFromContents(const ir::ValueType& type, const SymbolicContents& contents);

}  // namespace lathe::ops
