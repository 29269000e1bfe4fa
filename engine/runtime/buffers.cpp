#include "engine/runtime/buffers.h"

#include <algorithm>
#include <utility>

#include "engine/runtime/memory_planner.h"

namespace lathe::runtime {
namespace {

using Kind = Buffer::Kind;

uint32_t addBuffer(Plan& plan, const PlannedValue& value, Kind kind, int64_t step) {
    Buffer buffer;
    buffer.kind = kind;
    buffer.first = step;
    buffer.type = value.type;
    buffer.shape = value.shape;
    buffer.bytes = value.bytes();
    plan.buffers.push_back(std::move(buffer));
    return static_cast<uint32_t>(plan.buffers.size() - 1);
}

void findLifetimes(const Draft& draft, Plan& plan) {
    const auto uses = usesOf(draft, plan);
    for (uint32_t value = 0; value < draft.values.size(); ++value) {
        if (draft.values[value].buffer == kNone) continue;
        auto& buffer = plan.buffers[draft.values[value].buffer];
        buffer.last = std::max(buffer.last, uses[value].last);
    }
    for (const auto value : draft.outputs) {
        auto& buffer = plan.buffers[draft.values[value].buffer];
        if (buffer.kind == Kind::arena) buffer.kind = Kind::output;
    }
}

}  // namespace

std::vector<Use> usesOf(const Draft& draft, const Plan& plan) {
    std::vector<Use> uses(draft.values.size());
    const auto read = [&](uint32_t value, int64_t step) {
        if (value != kNone) uses[value].last = std::max(uses[value].last, step);
    };
    for (size_t i = 0; i < plan.steps.size(); ++i) {
        const auto& node = plan.steps[i].node;
        const auto step = static_cast<int64_t>(i);
        for (const auto value : node.inputs) read(value, step);
        for (const auto value : node.captures) read(value, step);
        for (const auto value : node.outputs) {
            read(value, step);
            if (value != kNone) uses[value].first = step;
        }
    }
    for (const auto value : draft.outputs) read(value, static_cast<int64_t>(plan.steps.size()));
    return uses;
}

void makeBuffers(Draft& draft, Plan& plan) {
    auto& values = draft.values;
    const auto add = [&](Kind kind, uint32_t value, int64_t step) {
        values[value].buffer = addBuffer(plan, values[value], kind, step);
    };
    for (size_t i = 0; i < draft.inputs.size(); ++i) {
        const auto value = draft.inputs[i];
        if (draft.constant(value) || values[value].buffer != kNone) continue;
        add(Kind::input, value, -1);
        plan.buffers.back().port = i;
    }
    for (uint32_t value = 0; value < values.size(); ++value)
        if (draft.constant(value)) add(Kind::constant, value, -1);
    for (size_t i = 0; i < plan.steps.size(); ++i) {
        const auto& step = plan.steps[i];
        for (const auto value : step.node.outputs) {
            if (value == kNone || draft.constant(value)) continue;
            if (step.kind == Step::Kind::view)
                values[value].buffer = values[step.node.inputs[0]].buffer;
            else
                add(step.kind == Step::Kind::kernel ? Kind::arena : Kind::held, value,
                    static_cast<int64_t>(i));
        }
    }
    for (const auto value : draft.outputs) {
        // An output nobody makes: the verifier reports such graphs, a run gives a missing value.
        if (values[value].buffer == kNone) add(Kind::held, value, -1);
    }
    findLifetimes(draft, plan);
}

void layOut(Plan& plan) {
    std::vector<Lifetime> blocks;
    std::vector<size_t> which;
    for (size_t i = 0; i < plan.buffers.size(); ++i) {
        const auto& buffer = plan.buffers[i];
        if (!buffer.inArena()) continue;
        blocks.push_back({buffer.bytes, buffer.first, buffer.last});
        which.push_back(i);
    }
    const auto arrangement = arrange(blocks);
    for (size_t i = 0; i < which.size(); ++i) plan.buffers[which[i]].offset = arrangement.offsets[i];
    plan.memory.arenaBytes += arrangement.bytes;
    plan.memory.lowerBoundBytes += arrangement.lowerBound;
}

}  // namespace lathe::runtime
