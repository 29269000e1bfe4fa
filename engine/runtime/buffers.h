// Which memory each value of a plan gets, decided in the order of these functions: a buffer for each value
// but for views, buffers that several values share, a place for each in the arena.
#pragma once

#include "engine/runtime/draft.h"

namespace lathe::runtime {

// Buffers of inputs, constants and results, and from which step to which each is alive.
void makeBuffers(Draft& draft, Plan& plan);
// Results that kernels write over the input they read.
void shareInPlace(Draft& draft, Plan& plan);
// Offsets in the arena.
void layOut(Plan& plan);

}  // namespace lathe::runtime
