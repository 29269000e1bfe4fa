// Which memory each value of a plan gets, decided in the order of these functions: a buffer for each value
// but for views, buffers that several values share, a place for each in the arena.
#pragma once

#include "engine/runtime/draft.h"
#include "engine/runtime/parts.h"

namespace lathe::runtime {

// Buffers of inputs, constants and results, and from which step to which each is alive.
void makeBuffers(Draft& draft, Plan& plan);
// Without `parts` every Concat, Split and Slice copies.
void shareMemory(Draft& draft, Plan& plan, bool parts);
// Offsets in the arena.
void layOut(Plan& plan);

// Results that kernels write over the input they read; but none for which one of these parts had to be
// copied.
void shareInPlace(Draft& draft, Plan& plan, const Partitions& kept);
// Parts that are made in their place of the whole, and parts that stay where they are in it: the Concat,
// Split or Slice between them becomes a view when it has nothing left to copy. Raises what is alive at once
// in the arena to `limit` bytes at most; UINT64_MAX: to any.
void shareParts(Draft& draft, Plan& plan, const Partitions& partitions, uint64_t limit);

// From the step that makes a value to the last that reads it. An input is made by step -1, a caller reads
// behind the last step; -1 is also who reads a value that nobody reads.
struct Use {
    int64_t first = -1, last = -1;
};
std::vector<Use> usesOf(const Draft& draft, const Plan& plan);

}  // namespace lathe::runtime
