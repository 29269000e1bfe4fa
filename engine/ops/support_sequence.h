// What the operators on sequences and optionals share.
#pragma once

#include "engine/ops/eval_context.h"
#include "engine/ops/infer_context.h"

namespace lathe::ops {

// The type of the elements of an input that must be a sequence; the unknown type where it is not known yet.
base::Result<ir::ValueType> elementOfSequence(const InferContext& context, size_t input);
// An error when the input is known to be something else than one integer.
base::Status checkPosition(const InferContext& context, size_t input);
// The sequence of an input, or an error that names what is there instead.
base::Result<const tensor::Sequence*> sequenceOf(const EvalContext& context, size_t input);
// The position that an input names in a sequence of `count` elements, counted from the end when negative;
// below `places`.
base::Result<size_t> positionOf(const EvalContext& context, size_t input, size_t count, size_t places);

// Puts a tensor at the end; an error when it is none or of another type than those before.
base::Status append(const EvalContext& context, tensor::Sequence& sequence, tensor::RuntimeValue item);

// Tensors joined along an axis they all have; all of one element type, at least one of them.
base::Result<tensor::Tensor> joinedTensors(const EvalContext& context,
                                           std::span<const tensor::Tensor* const> parts, int64_t axis);

}  // namespace lathe::ops
