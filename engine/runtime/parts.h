// Nodes that only put values together or take them apart, where the parts lie in the whole without gaps: the
// dimensions before the axis are all 1. Such a node copies nothing when its parts share memory with the
// whole.
#pragma once

#include <optional>
#include <vector>

#include "engine/runtime/draft.h"

namespace lathe::runtime {

// Some bytes of a whole.
struct Part {
    uint32_t value = kNone;  // kNone: a copy, for it has another type, layout, order or alignment
    uint64_t offset = 0, bytes = 0;
};

struct Partition {
    uint32_t whole = kNone;
    bool joins = false;  // the node makes the whole of the parts; else the parts of the whole
    std::vector<Part> parts;
};

// For Concat, QLinearConcat, Slice, Split and Gather. On blocked channels only parts of whole blocks.
std::optional<Partition> partitionOf(const Draft& draft, const PlanNode& node);

// By step, of those that a kernel runs.
using Partitions = std::vector<std::optional<Partition>>;
Partitions partitionsOf(const Draft& draft, const Plan& plan);

// Where a value may start. Vectors of a blocked one are whole blocks; elsewhere they are what a cache line
// can hold.
uint64_t alignmentOf(const PlannedValue& value);

}  // namespace lathe::runtime
