// Concat in place, and its counterparts: a value that is a contiguous part of another lies in it from the
// start. The last Concat is looked at first, so that what grows step by step (a Concat of what an earlier one
// made and of something new) lies in the largest from its beginning.
//
//   a = Conv(x)  @0                      a = Conv(x)  @0
//   b = Conv(x)  @4096                   b = Conv(x)  @4096
//   c = Concat(a, b)  @8192  copies      c = Concat(a, b)  @0  a view
//
// The whole is alive as soon as its first part is made, which may cost memory: a step whose joins would raise
// what is alive at once above the arena's size without any tries them one by one, those made last first.
#include <algorithm>

#include "engine/runtime/memory_planner.h"
#include "engine/runtime/part_groups.h"

namespace lathe::runtime {
namespace {

// Time saved is worth a little memory: this share of the arena.
uint64_t withAllowance(uint64_t bytes) { return bytes + bytes / 20; }

using Partitions = std::vector<std::optional<Partition>>;

Partitions partitionsOf(const Draft& draft, const Plan& plan) {
    Partitions partitions(plan.steps.size());
    for (size_t i = 0; i < plan.steps.size(); ++i)
        if (plan.steps[i].kind == Step::Kind::kernel) partitions[i] = partitionOf(draft, plan.steps[i].node);
    return partitions;
}

void joinStep(PartGroups& groups, const Partition& partition, const std::vector<Use>& uses, uint64_t limit) {
    const auto before = groups.joins();
    for (const auto& part : partition.parts) groups.join(partition.whole, part);
    if (groups.largestLiveSum(before) <= limit) return;
    groups.undo(before);
    auto parts = partition.parts;
    std::erase_if(parts, [](const Part& part) { return part.value == kNone; });
    std::stable_sort(parts.begin(), parts.end(),
                     [&](const Part& a, const Part& b) { return uses[a.value].first > uses[b.value].first; });
    for (const auto& part : parts) {
        const auto count = groups.joins();
        if (groups.join(partition.whole, part) && groups.largestLiveSum(count) > limit) groups.undo(count);
    }
}

std::vector<Lifetime> blocksOf(const Plan& plan, const PartGroups& groups) {
    std::vector<Lifetime> blocks;
    for (uint32_t i = 0; i < plan.buffers.size(); ++i) {
        const auto& buffer = plan.buffers[i];
        const auto& life = groups.life(i);
        if (buffer.kind == Buffer::Kind::arena && groups.place(i).root == i && life.last >= life.first)
            blocks.push_back({buffer.bytes, life.first, life.last});
    }
    return blocks;
}

void apply(const PartGroups& groups, const Partitions& partitions, Draft& draft, Plan& plan) {
    for (size_t i = 0; i < plan.steps.size(); ++i) {
        if (!partitions[i]) continue;
        const auto& parts = partitions[i]->parts;
        if (std::all_of(parts.begin(), parts.end(),
                        [&](const Part& part) { return groups.inPlace(partitions[i]->whole, part); }))
            plan.steps[i].kind = Step::Kind::view;
    }
    for (auto& value : draft.values) {
        if (value.buffer == kNone) continue;
        const auto& place = groups.place(value.buffer);
        value.buffer = place.root;
        value.offset = place.offset;
    }
    for (uint32_t i = 0; i < plan.buffers.size(); ++i) {
        auto& buffer = plan.buffers[i];
        if (groups.place(i).root == i) {
            buffer.first = groups.life(i).first;
            buffer.last = groups.life(i).last;
        } else {
            buffer.kind = Buffer::Kind::arena;  // of no bytes, in nobody's use
            buffer.bytes = 0;
            buffer.last = buffer.first - 1;
        }
    }
}

}  // namespace

void shareParts(Draft& draft, Plan& plan) {
    const auto partitions = partitionsOf(draft, plan);
    const auto uses = usesOf(draft, plan);
    std::optional<Arrangement> copying;
    // Sums of what is alive promise no arrangement; the second limit is safer.
    for (const bool generous : {true, false}) {
        PartGroups groups(draft, plan, partitions);
        if (!copying) copying = arrange(blocksOf(plan, groups));
        const auto limit = generous ? withAllowance(copying->bytes) : copying->lowerBound;
        for (size_t i = partitions.size(); i-- > 0;)
            if (partitions[i]) joinStep(groups, *partitions[i], uses, limit);
        if (groups.joins() == 0) return;
        if (arrange(blocksOf(plan, groups)).bytes > withAllowance(copying->bytes)) continue;
        apply(groups, partitions, draft, plan);
        return;
    }
}

}  // namespace lathe::runtime
