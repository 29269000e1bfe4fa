#include "engine/runtime/part_groups.h"

#include <algorithm>

#include "engine/runtime/memory_planner.h"

namespace lathe::runtime {
namespace {

using Kind = Buffer::Kind;

bool overlap(uint64_t a, uint64_t aBytes, uint64_t b, uint64_t bBytes) {
    return a < b + bBytes && b < a + aBytes;
}

}  // namespace

PartGroups::PartGroups(const Draft& draft, const Plan& plan, const Partitions& partitions)
    : m_draft(draft),
      m_plan(plan),
      m_uses(usesOf(draft, plan)),
      m_pieces(draft.values.size()),
      m_members(plan.buffers.size()),
      m_live(plan.steps.size() + 1, 0) {
    for (uint32_t value = 0; value < draft.values.size(); ++value)
        if (draft.values[value].buffer != kNone) m_members[draft.values[value].buffer].push_back(value);
    for (uint32_t buffer = 0; buffer < plan.buffers.size(); ++buffer) {
        m_groups.push_back({buffer});
        m_places.push_back({buffer, 0});
        m_lives.push_back({plan.buffers[buffer].first, plan.buffers[buffer].last});
        addLive(buffer, 1);
    }
    for (size_t i = 0; i < plan.steps.size(); ++i)
        if (plan.steps[i].kind == Step::Kind::kernel) addPieces(plan.steps[i], partitions[i]);
}

void PartGroups::addPieces(const Step& step, const std::optional<Partition>& partition) {
    for (const auto output : step.node.outputs)
        if (output != kNone) m_pieces[output] = {{0, m_draft.values[output].bytes(), kNone, {}}};
    if (!partition) return;
    if (partition->joins) {
        auto& pieces = m_pieces[partition->whole];
        pieces.clear();
        for (const auto& part : partition->parts)
            pieces.push_back({part.offset, part.bytes, partition->whole, part});
    } else {
        for (const auto& part : partition->parts)
            if (part.value != kNone) m_pieces[part.value] = {{0, part.bytes, partition->whole, part}};
    }
}

bool PartGroups::inPlace(uint32_t whole, const Part& part) const {
    return part.value != kNone && rootOf(whole) == rootOf(part.value) &&
           position(part.value) == position(whole) + part.offset;
}

bool PartGroups::isThere(const Piece& piece) const {
    return piece.whole != kNone && inPlace(piece.whole, piece.part);
}

bool PartGroups::join(uint32_t whole, const Part& part) {
    if (part.value == kNone || rootOf(whole) == rootOf(part.value)) return false;
    const auto w = rootOf(whole), p = rootOf(part.value);
    const uint64_t wBytes = m_plan.buffers[w].bytes, pBytes = m_plan.buffers[p].bytes;
    // Where the two groups start when the part lies in its place of the whole.
    const uint64_t wStart = position(part.value), pStart = position(whole) + part.offset;
    if (pStart >= wStart && pStart - wStart + pBytes <= wBytes && put(p, w, pStart - wStart)) return true;
    return wStart >= pStart && wStart - pStart + wBytes <= pBytes && put(w, p, wStart - pStart);
}

bool PartGroups::put(uint32_t inner, uint32_t outer, uint64_t base) {
    if (!kindsFit(inner, outer)) return false;
    m_joins.push_back({inner, outer, base, m_groups[outer].size(), m_lives[outer]});
    move(m_joins.back());
    if (aligned(inner) && harmless(m_joins.back())) return true;
    undo(m_joins.size() - 1);
    return false;
}

bool PartGroups::kindsFit(uint32_t inner, uint32_t outer) const {
    const auto in = m_plan.buffers[inner].kind, out = m_plan.buffers[outer].kind;
    // What a caller gets keeps nothing else alive.
    if (in == Kind::output) return out == Kind::output;
    return in == Kind::arena && out != Kind::constant;
}

void PartGroups::move(const Join& join) {
    addLive(join.inner, -1);
    addLive(join.outer, -1);
    for (const auto buffer : m_groups[join.inner]) {
        m_places[buffer] = {join.outer, m_places[buffer].offset + join.base};
        m_groups[join.outer].push_back(buffer);
    }
    auto& life = m_lives[join.outer];
    life.first = std::min(life.first, m_lives[join.inner].first);
    life.last = std::max(life.last, m_lives[join.inner].last);
    addLive(join.outer, 1);
}

void PartGroups::undo(size_t count) {
    for (; m_joins.size() > count; m_joins.pop_back()) {
        const auto& join = m_joins.back();
        addLive(join.outer, -1);
        m_lives[join.outer] = join.outerLife;
        m_groups[join.outer].resize(join.outerSize);
        for (const auto buffer : m_groups[join.inner])
            m_places[buffer] = {join.inner, m_places[buffer].offset - join.base};
        addLive(join.outer, 1);
        addLive(join.inner, 1);
    }
}

bool PartGroups::aligned(uint32_t inner) const {
    for (const auto buffer : m_groups[inner])
        for (const auto value : m_members[buffer])
            if (position(value) % alignmentOf(m_draft.values[value]) != 0) return false;
    return true;
}

bool PartGroups::harmless(const Join& join) const {
    const auto kind = m_plan.buffers[join.outer].kind;
    const bool readOnly = kind == Kind::input || kind == Kind::held;
    for (const auto buffer : m_groups[join.inner]) {
        for (const auto value : m_members[buffer]) {
            if (readOnly && writes(value)) return false;
            for (size_t i = 0; i < join.outerSize; ++i)
                for (const auto other : m_members[m_groups[join.outer][i]])
                    if (overwrites(value, other) || overwrites(other, value)) return false;
        }
    }
    return true;
}

bool PartGroups::writes(uint32_t value) const {
    return std::any_of(m_pieces[value].begin(), m_pieces[value].end(),
                       [&](const Piece& piece) { return !isThere(piece); });
}

bool PartGroups::overwrites(uint32_t writer, uint32_t other) const {
    const auto step = m_uses[writer].first;
    if (step < m_uses[other].first || step > m_uses[other].last) return false;
    const auto at = position(other), bytes = m_draft.values[other].bytes();
    return std::any_of(m_pieces[writer].begin(), m_pieces[writer].end(), [&](const Piece& piece) {
        return overlap(position(writer) + piece.offset, piece.bytes, at, bytes) && !isThere(piece);
    });
}

void PartGroups::addLive(uint32_t root, int64_t sign) {
    const auto& buffer = m_plan.buffers[root];
    const auto& life = m_lives[root];
    if (buffer.kind != Kind::arena) return;
    for (auto step = std::max<int64_t>(0, life.first); step <= life.last; ++step)
        m_live[static_cast<size_t>(step)] += sign * static_cast<int64_t>(arenaBytes(buffer.bytes));
}

bool PartGroups::exceeds(uint64_t limit, std::span<const int64_t> before) const {
    for (size_t step = 0; step < m_live.size(); ++step)
        if (m_live[step] > before[step] && static_cast<uint64_t>(m_live[step]) > limit) return true;
    return false;
}

}  // namespace lathe::runtime
