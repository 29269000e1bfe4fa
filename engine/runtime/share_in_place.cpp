#include "engine/runtime/buffers.h"

namespace lathe::runtime {
namespace {

using Kind = Buffer::Kind;

class InPlaceSharer {
  public:
    InPlaceSharer(Draft& draft, Plan& plan, const Partitions& kept)
        : m_draft(draft), m_plan(plan), m_members(plan.buffers.size()), m_relatives(plan.buffers.size()) {
        for (uint32_t value = 0; value < draft.values.size(); ++value)
            if (bufferOf(value) != kNone) m_members[bufferOf(value)].push_back(value);
        for (const auto& partition : kept) {
            if (!partition) continue;
            for (const auto& part : partition->parts) {
                if (part.value == kNone) continue;
                m_relatives[bufferOf(partition->whole)].push_back({part.value, false});
                m_relatives[bufferOf(part.value)].push_back({partition->whole, !partition->joins});
            }
        }
    }

    void run() {
        for (size_t i = 0; i < m_plan.steps.size(); ++i) {
            auto& step = m_plan.steps[i];
            for (size_t output = 0; output < step.node.outputs.size(); ++output) {
                const auto source = sourceOf(i, output);
                if (source == kNone) continue;
                merge(bufferOf(source), bufferOf(step.node.outputs[output]));
                step.inPlace = true;
            }
        }
    }

  private:
    // A value that could share memory with those of a buffer.
    struct Relative {
        uint32_t value = kNone;
        bool holds = false;  // all of it was there before: they were taken out of it
    };

    uint32_t& bufferOf(uint32_t value) const { return m_draft.values[value].buffer; }
    Buffer& memoryOf(uint32_t value) const { return m_plan.buffers[bufferOf(value)]; }

    // The input whose memory the output may take over: nobody reads it afterwards, and no other input of this
    // step lies in it, be it the same value: a convolution reads its input while it writes over the residual.
    uint32_t sourceOf(size_t at, size_t output) const {
        const auto& step = m_plan.steps[at];
        if (step.kind != Step::Kind::kernel || !step.kernel->inPlace) return kNone;
        const int input = step.kernel->inPlace(siteOf(m_draft, step.node), output);
        if (input < 0) return kNone;
        const auto source = step.node.inputs[static_cast<size_t>(input)];
        const auto target = step.node.outputs[output];
        if (source == kNone || target == kNone) return kNone;
        const auto &from = memoryOf(source), &to = memoryOf(target);
        if (from.kind != Kind::arena || from.last != static_cast<int64_t>(at) || from.bytes != to.bytes ||
            m_draft.values[source].type != m_draft.values[target].type)
            return kNone;
        for (size_t i = 0; i < step.node.inputs.size(); ++i) {
            const auto other = step.node.inputs[i];
            if (other != kNone && i != static_cast<size_t>(input) && bufferOf(other) == bufferOf(source))
                return kNone;
        }
        return needsCopy(source, target, static_cast<int64_t>(at)) ? kNone : source;
    }

    // Writing over the source at a step would overwrite a whole or a part that is still read, or memory that
    // is not the plan's, so that the source could not lie there.
    bool needsCopy(uint32_t source, uint32_t target, int64_t at) const {
        for (const auto& relative : m_relatives[bufferOf(source)]) {
            const auto& other = memoryOf(relative.value);
            if (other.first <= at && at <= other.last) return true;
            if (!relative.holds) continue;
            if (other.kind != Kind::arena && other.kind != Kind::output) return true;
            if (memoryOf(target).kind == Kind::output && other.kind == Kind::arena) return true;
        }
        return false;
    }

    void merge(uint32_t from, uint32_t to) {
        auto& kept = m_plan.buffers[from];
        auto& merged = m_plan.buffers[to];
        kept.last = merged.last;
        if (merged.kind == Kind::output) kept.kind = Kind::output;
        merged.abandon();
        for (const auto value : m_members[to]) bufferOf(value) = from;
        m_members[from].insert(m_members[from].end(), m_members[to].begin(), m_members[to].end());
        m_members[to].clear();
        m_relatives[from].insert(m_relatives[from].end(), m_relatives[to].begin(), m_relatives[to].end());
        m_relatives[to].clear();
    }

    Draft& m_draft;
    Plan& m_plan;
    std::vector<std::vector<uint32_t>> m_members;    // values, by buffer
    std::vector<std::vector<Relative>> m_relatives;  // by buffer
};

}  // namespace

void shareInPlace(Draft& draft, Plan& plan, const Partitions& kept) {
    InPlaceSharer(draft, plan, kept).run();
}

}  // namespace lathe::runtime
