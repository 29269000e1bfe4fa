// One graph planned twice: with parts that lie in their wholes, and with copies. Both must give the same
// bytes, and the numbers of the plain evaluation.
#pragma once

#include <string>

#include "engine/runtime/plan.h"
#include "engine/tensor/value.h"

namespace lathe::test {

struct PlanPair {
    std::string text;           // of the plan that shares, a line a step: "copy_concat Concat output+256"
    size_t views = 0;           // Concat, Slice, Split, Gather that copy nothing
    uint64_t arena = 0;         // bytes, with shared parts
    uint64_t copyingArena = 0;  // bytes, with copies
};

// Runs both twice, as memory of the first run must not show in the second. Reports by EXPECT.
PlanPair comparePlans(const ir::GraphPtr& graph, const std::vector<tensor::RuntimeValue>& inputs,
                      bool fuse = true);

// "graph main (x: float32[4, 16]) -> (y) { ... }"
ir::GraphPtr graphOf(const std::string& text);
// The same for such a text; its inputs are random floats.
PlanPair compareText(const std::string& text);

}  // namespace lathe::test
