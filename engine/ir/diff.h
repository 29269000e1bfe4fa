// Two variants side by side: which nodes of one are which nodes of the other, many to many, and what changed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ir/graph.h"

namespace lathe::ir {

enum class DiffStatus : uint8_t { unchanged, changed, added, removed };
std::string_view name(DiffStatus status);

struct DiffGroup {
    DiffStatus status = DiffStatus::unchanged;
    NodeList a, b;                   // in running order; one of them is empty when added or removed
    std::vector<std::string> notes;  // what differs, for a person, where one node stands against one
};

struct Diff {
    std::vector<DiffGroup> groups;  // in the order of b, with removed ones where a had them
    // The group of a node by its id, UINT32_MAX for ids that are not in use.
    std::vector<uint32_t> groupOfA, groupOfB;
    size_t count(DiffStatus status) const;
};

// By origins: for variants of one family. By names: for two files that were opened apart (a node's name, or
// that of its first output).
enum class AlignBy : uint8_t { origins, names };

// Nodes that share an origin, directly or through others, form a group. A group of one and one is unchanged
// when operator, attributes, constants and element types are the same and its inputs come from the same
// groups.
Diff diff(const Graph& a, const Graph& b, AlignBy by = AlignBy::origins);

// Lines that begin with "- ", "+ " for what changed, none for the rest; empty when all is the same.
std::string printDiff(const Graph& a, const Graph& b, const Diff& diff);

}  // namespace lathe::ir
