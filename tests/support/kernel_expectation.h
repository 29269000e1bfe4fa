// What a kernel should make of a case: the plain evaluation of the op, or for a node of the `lathe` domain of
// the ops that it stands for.
//
//   Conv, MatMul    the op, + the residual (input 3) or vector (input 2), clamp of `low` and `high`,
//   `function` Reorder         its input ChannelShuffle  its inputs joined along the channels, seen as [N,
//   group, C / group, H, W], turned
#pragma once

#include "engine/base/result.h"
#include "engine/tensor/value.h"
#include "tests/support/kernel_check.h"

namespace lathe::test {

base::Result<std::vector<tensor::RuntimeValue>> expectationOf(const KernelCase& kernelCase);

}  // namespace lathe::test
