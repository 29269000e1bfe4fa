// Which of the ways to share memory a plan takes. A result in place may stand in the way of a part in place:
// what overwrites a Concat while its parts are still read needs a copy to overwrite. Copies cost time, so
// parts come first; when that needs too large an arena, results in place do; and at worst every part is
// copied.
#include <algorithm>

#include "engine/runtime/buffers.h"
#include "engine/runtime/memory_planner.h"

namespace lathe::runtime {
namespace {

// Time saved is worth a little memory: this share of the arena.
uint64_t withAllowance(uint64_t bytes) { return bytes + bytes / 20; }

// What sharing changes.
class Snapshot {
  public:
    Snapshot(const Draft& draft, const Plan& plan) : m_buffers(plan.buffers) {
        for (const auto& value : draft.values) m_places.push_back({value.buffer, value.offset});
        for (const auto& step : plan.steps) m_steps.push_back({step.kind, step.inPlace});
    }

    void restore(Draft& draft, Plan& plan) const {
        plan.buffers = m_buffers;
        for (size_t i = 0; i < m_places.size(); ++i) {
            draft.values[i].buffer = m_places[i].buffer;
            draft.values[i].offset = m_places[i].offset;
        }
        for (size_t i = 0; i < m_steps.size(); ++i) {
            plan.steps[i].kind = m_steps[i].kind;
            plan.steps[i].inPlace = m_steps[i].inPlace;
        }
    }

  private:
    struct Place {
        uint32_t buffer = kNone;
        uint64_t offset = 0;
    };
    struct Way {
        Step::Kind kind = Step::Kind::plain;
        bool inPlace = false;
    };
    std::vector<Buffer> m_buffers;
    std::vector<Place> m_places;
    std::vector<Way> m_steps;
};

struct Attempt {
    const Snapshot* start = nullptr;
    const Partitions* kept = nullptr;  // null: the results in place are there already
    uint64_t limit = 0;
};

Arrangement arranged(const Plan& plan) {
    std::vector<Lifetime> blocks;
    for (const auto& buffer : plan.buffers)
        if (buffer.inArena()) blocks.push_back({buffer.bytes, buffer.first, buffer.last});
    return arrange(blocks);
}

bool anyPart(const Partitions& partitions) {
    return std::any_of(partitions.begin(), partitions.end(), [](const auto& partition) {
        return partition && std::any_of(partition->parts.begin(), partition->parts.end(),
                                        [](const Part& part) { return part.value != kNone; });
    });
}

}  // namespace

void shareMemory(Draft& draft, Plan& plan, bool parts) {
    const auto partitions = parts ? partitionsOf(draft, plan) : Partitions();
    if (!anyPart(partitions)) {
        shareInPlace(draft, plan, {});
        return;
    }
    const Snapshot apart(draft, plan);
    shareInPlace(draft, plan, {});
    const Snapshot copying(draft, plan);
    const auto before = arranged(plan);
    // A join that needs more memory by itself may make room for the next, so at first there is no limit; the
    // sums that are limited then promise no arrangement, so there is a safer one.
    const auto allowed = withAllowance(before.bytes);
    for (const auto& [start, kept, limit] :
         {Attempt{&apart, &partitions, UINT64_MAX}, Attempt{&apart, &partitions, allowed},
          Attempt{&copying, nullptr, allowed}, Attempt{&copying, nullptr, before.lowerBound}}) {
        start->restore(draft, plan);
        if (kept) shareInPlace(draft, plan, *kept);
        shareParts(draft, plan, partitions, limit);
        if (arranged(plan).bytes <= allowed) return;
    }
    copying.restore(draft, plan);
}

}  // namespace lathe::runtime
