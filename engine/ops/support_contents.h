// Propagation of symbolic contents through elementwise shape arithmetic, so that Shape -> Gather -> Mul ->
// Concat -> Reshape keeps the names of dimensions. Only what has rank 0 or 1 is followed.
#pragma once

#include "engine/base/function_ref.h"
#include "engine/ops/infer_context.h"

namespace lathe::ops {

using DimFunction = base::FunctionRef<ir::Dim(const ir::Dim&)>;
using DimOperation = base::FunctionRef<ir::Dim(const ir::Dim&, const ir::Dim&)>;

// Sets the contents of output 0 from those of inputs 0 (and 1, broadcast) when they are known and the output
// is an integer or bool tensor of rank 0 or 1. Output types must be set before.
void mapContents(InferContext& context, DimFunction function);
void combineContents(InferContext& context, DimOperation operation);
// The same over any number of inputs, from the left.
void foldContents(InferContext& context, DimOperation operation);

// inferBroadcast, then combineContents.
base::Status inferArithmetic(InferContext& context, DimOperation operation);
// inferBroadcastToBool, then combineContents; the operation gives 1, 0 or an unknown dimension.
base::Status inferComparison(InferContext& context, DimOperation operation);

// a < b and a == b as far as they can be proven: 1, 0 or unknown.
ir::Dim provenLess(const ir::Dim& a, const ir::Dim& b);
ir::Dim provenEqual(const ir::Dim& a, const ir::Dim& b);
// 1 - d; unknown stays unknown.
ir::Dim provenNot(const ir::Dim& dim);

}  // namespace lathe::ops
