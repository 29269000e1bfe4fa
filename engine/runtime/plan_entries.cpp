// A plan as a table for people and programs.
#include "engine/runtime/plan.h"

namespace lathe::runtime {
namespace {

std::string_view nameOf(Buffer::Kind kind) {
    switch (kind) {
        case Buffer::Kind::constant:
            return "constant";
        case Buffer::Kind::input:
            return "input";
        case Buffer::Kind::arena:
            return "arena";
        case Buffer::Kind::output:
            return "output";
        case Buffer::Kind::held:
            break;
    }
    return "held";
}

std::string_view reasonOf(const Step& step) {
    switch (step.kind) {
        case Step::Kind::view:
            return "the numbers lie where they belong already: no work";
        case Step::Kind::branch:
            return "the condition is known in a run only: both branches are planned";
        case Step::Kind::kernel:
            return step.kernel->summary;
        case Step::Kind::plain:
            break;
    }
    return "no kernel takes these types or shapes: the operator's own evaluation";
}

PlanEntry::Place placeOf(const Plan& plan, uint32_t value) {
    const auto& planned = plan.values[value];
    PlanEntry::Place place;
    place.type = planned.type;
    place.shape = planned.shape;
    place.layout = planned.layout == kernels::Layout::blocked ? "blocked" : "plain";
    place.bytes = planned.bytes();
    if (planned.buffer == kNone) return place;
    const auto& buffer = plan.buffers[planned.buffer];
    place.memory = nameOf(buffer.kind);
    place.offset = buffer.offset + planned.offset;
    return place;
}

void addEntries(const Plan& plan, int depth, std::vector<PlanEntry>& entries) {
    for (const auto& step : plan.steps) {
        PlanEntry entry;
        entry.kernel = stepName(step);
        entry.reason = reasonOf(step);
        entry.op = step.node.domain.empty() ? step.node.op : step.node.domain + "." + step.node.op;
        entry.nodes = step.node.members;
        for (const auto output : step.node.outputs)
            if (output != kNone) entry.outputs.push_back(placeOf(plan, output));
        entry.inPlace = step.inPlace;
        if (step.prepared) {
            entry.packedBytes = step.prepared->packedBytes();
            entry.scratchBytes = step.prepared->scratchBytes();
        }
        entry.depth = depth;
        entries.push_back(std::move(entry));
        for (const auto& branch : step.branches) addEntries(*branch, depth + 1, entries);
    }
}

}  // namespace

std::vector<PlanEntry> entriesOf(const Plan& plan) {
    std::vector<PlanEntry> entries;
    addEntries(plan, 0, entries);
    return entries;
}

}  // namespace lathe::runtime
