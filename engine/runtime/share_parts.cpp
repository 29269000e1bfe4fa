// Concat in place, and its counterparts: a value that is a contiguous part of another lies in it from the
// start. The last Concat is looked at first, so that what grows step by step (a Concat of what an earlier one
// made and of something new) lies in the largest from its beginning.
//
//   a = Conv(x)  @0                      a = Conv(x)  @0
//   b = Conv(x)  @4096                   b = Conv(x)  @4096
//   c = Concat(a, b)  @8192  copies      c = Concat(a, b)  @0  a view
//
// The whole is alive as soon as its first part is made, which may cost memory: a step whose joins would raise
// what is alive at once above the limit tries them one by one, those made last first.
#include <algorithm>

#include "engine/runtime/buffers.h"
#include "engine/runtime/part_groups.h"

namespace lathe::runtime {
namespace {

void joinStep(PartGroups& groups, const Partition& partition, const std::vector<Use>& uses, uint64_t limit) {
    const auto count = groups.joins();
    auto before = limit == UINT64_MAX ? std::vector<int64_t>() : groups.live();
    for (const auto& part : partition.parts) groups.join(partition.whole, part);
    if (groups.joins() == count || before.empty() || !groups.exceeds(limit, before)) return;
    groups.undo(count);
    auto parts = partition.parts;
    std::erase_if(parts, [](const Part& part) { return part.value == kNone; });
    std::stable_sort(parts.begin(), parts.end(),
                     [&](const Part& a, const Part& b) { return uses[a.value].first > uses[b.value].first; });
    for (const auto& part : parts) {
        before = groups.live();
        if (groups.join(partition.whole, part) && groups.exceeds(limit, before))
            groups.undo(groups.joins() - 1);
    }
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
            buffer.abandon();
        }
    }
}

}  // namespace

void shareParts(Draft& draft, Plan& plan, const Partitions& partitions, uint64_t limit) {
    const auto uses = usesOf(draft, plan);
    PartGroups groups(draft, plan, partitions);
    for (size_t i = partitions.size(); i-- > 0;)
        if (partitions[i]) joinStep(groups, *partitions[i], uses, limit);
    if (groups.joins() > 0) apply(groups, partitions, draft, plan);
}

}  // namespace lathe::runtime
