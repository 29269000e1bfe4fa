#include "engine/runtime/buffers.h"

namespace lathe::runtime {
namespace {

using Kind = Buffer::Kind;

// The input whose memory the output may take over: nobody reads it afterwards, and no other input of this
// step lies in it, be it the same value: a convolution reads its input while it writes over the residual.
uint32_t inPlaceSource(const Draft& draft, const Plan& plan, size_t at, size_t output) {
    const auto& step = plan.steps[at];
    if (step.kind != Step::Kind::kernel || !step.kernel->inPlace) return kNone;
    const int input = step.kernel->inPlace(siteOf(draft, step.node), output);
    if (input < 0) return kNone;
    const auto source = step.node.inputs[static_cast<size_t>(input)];
    const auto target = step.node.outputs[output];
    if (source == kNone || target == kNone) return kNone;
    const auto bufferOf = [&](uint32_t value) { return draft.values[value].buffer; };
    const auto& from = plan.buffers[bufferOf(source)];
    const auto& to = plan.buffers[bufferOf(target)];
    if (from.kind != Kind::arena || from.last != static_cast<int64_t>(at) || from.bytes != to.bytes ||
        draft.values[source].type != draft.values[target].type)
        return kNone;
    for (size_t i = 0; i < step.node.inputs.size(); ++i) {
        const auto other = step.node.inputs[i];
        if (other != kNone && i != static_cast<size_t>(input) && bufferOf(other) == bufferOf(source))
            return kNone;
    }
    return source;
}

}  // namespace

void shareInPlace(Draft& draft, Plan& plan) {
    const auto bufferOf = [&](uint32_t value) -> uint32_t& { return draft.values[value].buffer; };
    std::vector<std::vector<uint32_t>> members(plan.buffers.size());
    for (uint32_t value = 0; value < draft.values.size(); ++value)
        if (bufferOf(value) != kNone) members[bufferOf(value)].push_back(value);
    for (size_t i = 0; i < plan.steps.size(); ++i) {
        auto& step = plan.steps[i];
        for (size_t output = 0; output < step.node.outputs.size(); ++output) {
            const auto source = inPlaceSource(draft, plan, i, output);
            if (source == kNone) continue;
            const auto from = bufferOf(source), to = bufferOf(step.node.outputs[output]);
            auto& kept = plan.buffers[from];
            auto& merged = plan.buffers[to];
            kept.last = merged.last;
            if (merged.kind == Kind::output) kept.kind = Kind::output;
            merged.kind = Kind::arena;  // of no bytes, in nobody's use
            merged.bytes = 0;
            merged.last = merged.first - 1;  // no longer used
            for (const auto value : members[to]) bufferOf(value) = from;
            members[from].insert(members[from].end(), members[to].begin(), members[to].end());
            members[to].clear();
            step.inPlace = true;
        }
    }
}

}  // namespace lathe::runtime
