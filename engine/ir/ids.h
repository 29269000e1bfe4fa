// Ids of nodes, values and sub-graphs: dense indices into the tables of a Graph, never reused within a family
// of variants, so what is measured on one variant joins another by id.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace lathe::ir {

template <typename Tag>
struct Id {
    uint32_t index = UINT32_MAX;

    constexpr bool valid() const { return index != UINT32_MAX; }
    constexpr explicit operator bool() const { return valid(); }
    constexpr auto operator<=>(const Id&) const = default;  // NOLINT(modernize-use-nullptr): it sees a 0
};

using NodeId = Id<struct NodeTag>;
using ValueId = Id<struct ValueTag>;
using SubgraphId = Id<struct SubgraphTag>;

inline constexpr SubgraphId kMain{0};  // the sub-graph that is the model itself

}  // namespace lathe::ir

template <typename Tag>
struct std::hash<lathe::ir::Id<Tag>> {
    size_t operator()(lathe::ir::Id<Tag> id) const noexcept { return id.index; }
};
