// Buffers that lie in one another, while it is being decided which do. A group is a buffer and all that lie
// in it; at first each buffer is one by itself.
#pragma once

#include <span>
#include <vector>

#include "engine/runtime/buffers.h"
#include "engine/runtime/parts.h"

namespace lathe::runtime {

class PartGroups {
  public:
    PartGroups(const Draft& draft, const Plan& plan, const Partitions& partitions);

    // Puts the group of the part into that of the whole, or the other way round, if a run gives the same
    // then: nothing is overwritten that is still read, nothing is written to memory that is not the plan's.
    bool join(uint32_t whole, const Part& part);
    // Undoes the joins but for the first `count`.
    void undo(size_t count);
    size_t joins() const { return m_joins.size(); }
    // Bytes of the arena that are alive, by step.
    const std::vector<int64_t>& live() const { return m_live; }
    // More than the limit is alive at a step, and more than before.
    bool exceeds(uint64_t limit, std::span<const int64_t> before) const;

    bool inPlace(uint32_t whole, const Part& part) const;

    struct Place {
        uint32_t root = kNone;  // the buffer that holds the group
        uint64_t offset = 0;
    };
    const Place& place(uint32_t buffer) const { return m_places[buffer]; }
    const Use& life(uint32_t root) const { return m_lives[root]; }

  private:
    // What the step that makes a value writes of it, unless the link tells that it is there already.
    struct Piece {
        uint64_t offset = 0, bytes = 0;
        uint32_t whole = kNone;
        Part part;
    };
    struct Join {
        uint32_t inner = kNone, outer = kNone;
        uint64_t base = 0;
        size_t outerSize = 0;  // buffers of the outer group before
        Use outerLife;
    };

    void addPieces(const Step& step, const std::optional<Partition>& partition);
    bool put(uint32_t inner, uint32_t outer, uint64_t base);
    void move(const Join& join);
    bool kindsFit(uint32_t inner, uint32_t outer) const;
    bool aligned(uint32_t inner) const;
    bool harmless(const Join& join) const;
    bool overwrites(uint32_t writer, uint32_t other) const;
    bool writes(uint32_t value) const;
    bool isThere(const Piece& piece) const;
    uint64_t position(uint32_t value) const { return m_places[m_draft.values[value].buffer].offset; }
    uint32_t rootOf(uint32_t value) const { return m_places[m_draft.values[value].buffer].root; }
    void addLive(uint32_t root, int64_t sign);

    const Draft& m_draft;
    const Plan& m_plan;
    std::vector<Use> m_uses;                       // by value
    std::vector<std::vector<Piece>> m_pieces;      // by value
    std::vector<std::vector<uint32_t>> m_members;  // values, by buffer
    std::vector<std::vector<uint32_t>> m_groups;   // buffers, by root
    std::vector<Place> m_places;                   // by buffer
    std::vector<Use> m_lives;                      // by root
    std::vector<int64_t> m_live;                   // bytes of the arena, by step
    std::vector<Join> m_joins;
};

}  // namespace lathe::runtime
