// Slice and Split seen as one thing: contiguous pieces of a value along one axis.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/ir/editor.h"

namespace lathe::passes {

// source[start : start + length] along the axis, counted from the front.
struct Cut {
    ir::ValueId source;
    int64_t axis = 0, start = 0, length = 0;
};

// What a Slice with constant bounds and step 1 takes when it narrows exactly one axis of known size.
std::optional<Cut> cutOf(const ir::Graph& graph, ir::NodeId slice);

struct Pieces {
    ir::ValueId source;
    int64_t axis = 0;
    std::vector<int64_t> sizes;
};

// The pieces of a Split that makes all its outputs with known sizes.
std::optional<Pieces> piecesOf(const ir::Graph& graph, ir::NodeId split);

// A Split in the sub-graph of the source, its outputs typed; the type of the source must be known.
ir::NodeId addSplit(ir::Editor& editor, const Pieces& pieces, ir::NodeList origins);

// Readers of `from` read `to` from now on; `to` takes over name and type.
void handOver(ir::Editor& editor, ir::ValueId from, ir::ValueId to);

// Source nodes of several nodes together.
ir::NodeList originsOf(const ir::Graph& graph, std::span<const ir::NodeId> nodes);

}  // namespace lathe::passes
