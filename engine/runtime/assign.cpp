// From a draft to a plan: the kernel of each node, which values share memory, and where each lies.
#include <algorithm>
#include <new>
#include <utility>

#include "engine/base/file_map.h"
#include "engine/runtime/draft.h"
#include "engine/runtime/memory_planner.h"

namespace lathe::runtime {
namespace {

class Assigner {
  public:
    Assigner(Draft draft, const PlanOptions& options, const base::Progress& progress)
        : m_draft(std::move(draft)),
          m_options(options),
          m_progress(progress),
          m_plan(std::make_unique<Plan>()) {}

    base::Result<std::unique_ptr<Plan>> run() {
        for (auto& node : m_draft.nodes) {
            if (auto status = m_progress.check(); !status) return status.error();
            if (auto status = addStep(std::move(node)); !status) return status.error();
        }
        if (auto status = prepareKernels(); !status) return status.error();
        makeBuffers();
        findLifetimes();
        shareInPlace();
        layOut();
        account();
        finish();
        return std::move(m_plan);
    }

  private:
    using Kind = Buffer::Kind;

    base::Status addStep(PlanNode node) {
        Step step;
        if (!m_options.plainOnly) {
            if (isView(m_draft, node) && !isConstant(node.inputs[0])) {
                step.kind = Step::Kind::view;
            } else if (node.op == "If" && node.domain.empty()) {
                if (auto status = planBranches(node, step); !status) return status;
            } else if (const auto* kernel = chooseKernel(m_draft, node)) {
                step.kind = Step::Kind::kernel;
                step.kernel = kernel;
            }
        }
        if (step.kind != Step::Kind::kernel)
            for (const auto value : node.inputs) align(value);
        for (const auto value : node.captures) align(value);
        step.node = std::move(node);
        m_plan->steps.push_back(std::move(step));
        return {};
    }

    // What preparing one step gave.
    struct Preparation {
        base::Status status;
        // Copies of unaligned constants that the kernel goes on reading.
        std::vector<std::pair<uint32_t, std::shared_ptr<const tensor::Tensor>>> copies;
    };

    // Packing the weights is most of the time that planning takes, so the threads share it.
    base::Status prepareKernels() {
        auto& steps = m_plan->steps;
        std::vector<Preparation> done(steps.size());
        const base::Workers alone(1);
        const auto& workers = m_options.workers ? *m_options.workers : alone;
        workers.forRange(static_cast<int64_t>(steps.size()), 1, [&](int64_t begin, int64_t end) {
            for (auto i = static_cast<size_t>(begin); i < static_cast<size_t>(end); ++i)
                if (steps[i].kind == Step::Kind::kernel) done[i] = prepareWithin(steps[i]);
        });
        for (size_t i = 0; i < steps.size(); ++i) {
            if (steps[i].kind != Step::Kind::kernel) continue;
            if (!done[i].status) return done[i].status;
            for (auto& [value, copy] : done[i].copies) m_draft.values[value].constant = std::move(copy);
            m_plan->scratchBytes = std::max(m_plan->scratchBytes, steps[i].prepared->scratchBytes());
            m_plan->memory.packedBytes += steps[i].prepared->packedBytes();
        }
        return {};
    }

    // Nothing may be thrown on a thread of the workers.
    Preparation prepareWithin(Step& step) const {
        try {
            return prepare(step);
        } catch (const std::bad_alloc&) {
            return {noMemory(), {}};
        }
    }

    Preparation prepare(Step& step) const {
        Preparation done;
        done.status = m_progress.check();
        if (!done.status) return done;
        const auto& inputs = step.node.inputs;
        auto site = siteOf(m_draft, step.node);
        // Copies of weights that the kernel packs are gone when it has.
        std::vector<std::shared_ptr<const tensor::Tensor>> copies(inputs.size());
        for (size_t i = 0; i < inputs.size(); ++i) {
            if (!site.inputs[i].constant || std::cmp_equal(i, step.kernel->unalignedConstant)) continue;
            copies[i] = std::make_shared<tensor::Tensor>(site.inputs[i].constant->aligned());
            site.inputs[i].constant = copies[i].get();
        }
        auto prepared = step.kernel->prepare(site);
        if (!prepared) {
            done.status = prepared.error();
            return done;
        }
        step.prepared = std::move(*prepared);
        for (size_t i = 0; i < inputs.size(); ++i) {
            if (!site.inputs[i].constant) continue;
            if (step.prepared->packs(i)) {
                const auto& weight = *m_draft.constant(inputs[i]);
                base::FileMap::forget(weight.owner(), weight.bytes());
            } else if (copies[i]) {
                done.copies.emplace_back(inputs[i], std::move(copies[i]));
            }
        }
        return done;
    }

    void align(uint32_t value) {
        if (value == kNone) return;
        if (const auto* constant = m_draft.constant(value))
            m_draft.values[value].constant = std::make_shared<tensor::Tensor>(constant->aligned());
    }

    bool isConstant(uint32_t value) const { return m_draft.constant(value) != nullptr; }

    base::Status planBranches(const PlanNode& node, Step& step) {
        step.kind = Step::Kind::branch;
        std::vector<GivenInput> given;
        for (const auto value : node.captures) {
            const auto& planned = m_draft.values[value];
            given.push_back(
                {ir::ValueId{value}, planned.fixed, planned.type, planned.shape, planned.constant.get()});
        }
        for (const auto* name : {"then_branch", "else_branch"}) {
            const auto body = node.attributes.subgraph(name);
            if (!body.valid())
                return base::Error::badInput(m_draft.graph->node(node.node).label() + ": has no " + name);
            auto inner = lower(m_draft.graph, body, given);
            if (auto folded = foldConstants(inner, false, m_progress); !folded) return folded.error();
            removeDeadNodes(inner);
            widenHalves(inner);
            if (m_options.fuse) {
                fuseAttention(inner);
                fuseActivations(inner);
            }
            auto plan = assign(std::move(inner), m_options, m_progress);
            if (!plan) return plan.error();
            m_plan->memory.arenaBytes += (*plan)->memory.arenaBytes;
            m_plan->memory.lowerBoundBytes += (*plan)->memory.lowerBoundBytes;
            m_plan->memory.packedBytes += (*plan)->memory.packedBytes;
            step.branches.push_back(std::move(*plan));
        }
        return {};
    }

    uint32_t addBuffer(Kind kind, uint32_t value, int64_t step) {
        const auto& planned = m_draft.values[value];
        Buffer buffer;
        buffer.kind = kind;
        buffer.first = step;
        buffer.type = planned.type;
        buffer.shape = planned.shape;
        buffer.bytes = planned.bytes();
        m_plan->buffers.push_back(std::move(buffer));
        return static_cast<uint32_t>(m_plan->buffers.size() - 1);
    }

    uint32_t& bufferOf(uint32_t value) { return m_draft.values[value].buffer; }

    void makeBuffers() {
        for (size_t i = 0; i < m_draft.inputs.size(); ++i) {
            const auto value = m_draft.inputs[i];
            if (isConstant(value) || bufferOf(value) != kNone) continue;
            bufferOf(value) = addBuffer(Kind::input, value, -1);
            m_plan->buffers.back().port = i;
        }
        for (uint32_t value = 0; value < m_draft.values.size(); ++value)
            if (isConstant(value)) bufferOf(value) = addBuffer(Kind::constant, value, -1);
        for (size_t i = 0; i < m_plan->steps.size(); ++i) {
            const auto& step = m_plan->steps[i];
            for (const auto value : step.node.outputs) {
                if (value == kNone || isConstant(value)) continue;
                if (step.kind == Step::Kind::view) {
                    bufferOf(value) = bufferOf(step.node.inputs[0]);
                    continue;
                }
                const auto kind = step.kind == Step::Kind::kernel ? Kind::arena : Kind::held;
                bufferOf(value) = addBuffer(kind, value, static_cast<int64_t>(i));
            }
        }
        for (const auto value : m_draft.outputs) {
            // An output nobody makes: the verifier reports such graphs, a run gives a missing value.
            if (bufferOf(value) == kNone) bufferOf(value) = addBuffer(Kind::held, value, -1);
        }
    }

    void findLifetimes() {
        const auto read = [&](uint32_t value, int64_t step) {
            if (value == kNone || bufferOf(value) == kNone) return;
            auto& buffer = m_plan->buffers[bufferOf(value)];
            buffer.last = std::max(buffer.last, step);
        };
        for (size_t i = 0; i < m_plan->steps.size(); ++i) {
            const auto& node = m_plan->steps[i].node;
            const auto step = static_cast<int64_t>(i);
            for (const auto value : node.inputs) read(value, step);
            for (const auto value : node.captures) read(value, step);
            for (const auto value : node.outputs) read(value, step);
        }
        for (const auto value : m_draft.outputs) {
            auto& buffer = m_plan->buffers[bufferOf(value)];
            buffer.last = static_cast<int64_t>(m_plan->steps.size());
            if (buffer.kind == Kind::arena) buffer.kind = Kind::output;
        }
    }

    // The input whose memory the output may take over: nobody reads it afterwards, and no other input of this
    // step lies in it, be it the same value: a convolution reads its input while it writes over the residual.
    uint32_t inPlaceSource(const Step& step, size_t output, int64_t at) {
        if (step.kind != Step::Kind::kernel || !step.kernel->inPlace) return kNone;
        const int input = step.kernel->inPlace(siteOf(m_draft, step.node), output);
        if (input < 0) return kNone;
        const auto source = step.node.inputs[static_cast<size_t>(input)];
        const auto target = step.node.outputs[output];
        if (source == kNone || target == kNone) return kNone;
        const auto& from = m_plan->buffers[bufferOf(source)];
        const auto& to = m_plan->buffers[bufferOf(target)];
        if (from.kind != Kind::arena || from.last != at || from.bytes != to.bytes ||
            m_draft.values[source].type != m_draft.values[target].type)
            return kNone;
        for (size_t i = 0; i < step.node.inputs.size(); ++i) {
            const auto other = step.node.inputs[i];
            if (other != kNone && i != static_cast<size_t>(input) && bufferOf(other) == bufferOf(source))
                return kNone;
        }
        return source;
    }

    void shareInPlace() {
        std::vector<std::vector<uint32_t>> members(m_plan->buffers.size());
        for (uint32_t value = 0; value < m_draft.values.size(); ++value)
            if (bufferOf(value) != kNone) members[bufferOf(value)].push_back(value);
        for (size_t i = 0; i < m_plan->steps.size(); ++i) {
            auto& step = m_plan->steps[i];
            for (size_t output = 0; output < step.node.outputs.size(); ++output) {
                const auto source = inPlaceSource(step, output, static_cast<int64_t>(i));
                if (source == kNone) continue;
                const auto from = bufferOf(source), to = bufferOf(step.node.outputs[output]);
                auto& kept = m_plan->buffers[from];
                auto& merged = m_plan->buffers[to];
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

    void layOut() {
        std::vector<Lifetime> blocks;
        std::vector<size_t> which;
        for (size_t i = 0; i < m_plan->buffers.size(); ++i) {
            const auto& buffer = m_plan->buffers[i];
            if (buffer.kind != Kind::arena || buffer.last < buffer.first) continue;
            blocks.push_back({buffer.bytes, buffer.first, buffer.last});
            which.push_back(i);
        }
        const auto arrangement = arrange(blocks);
        for (size_t i = 0; i < which.size(); ++i) m_plan->buffers[which[i]].offset = arrangement.offsets[i];
        m_plan->memory.arenaBytes += arrangement.bytes;
        m_plan->memory.lowerBoundBytes += arrangement.lowerBound;
    }

    // Weights that every reader has in its own layout are not held by the plan.
    void account() {
        std::vector<bool> needed(m_draft.values.size(), false);
        for (const auto& step : m_plan->steps) {
            for (size_t i = 0; i < step.node.inputs.size(); ++i)
                if (step.node.inputs[i] != kNone && !(step.prepared && step.prepared->packs(i)))
                    needed[step.node.inputs[i]] = true;
            for (const auto value : step.node.captures) needed[value] = true;
        }
        for (const auto value : m_draft.outputs) {
            needed[value] = true;
            align(value);
        }
        for (uint32_t value = 0; value < m_draft.values.size(); ++value) {
            auto& planned = m_draft.values[value];
            if (!planned.constant) continue;
            if (needed[value]) {
                m_plan->memory.weightBytes += planned.constant->bytes().size();
            } else {
                planned.constant = nullptr;
            }
        }
    }

    void finish() {
        for (uint32_t i = 0; i < m_plan->buffers.size(); ++i) {
            const auto& buffer = m_plan->buffers[i];
            if (buffer.kind == Kind::held && buffer.last >= 0 &&
                std::cmp_less(buffer.last, m_plan->steps.size()))
                m_plan->steps[static_cast<size_t>(buffer.last)].releases.push_back(i);
        }
        m_plan->graph = m_draft.graph;
        m_plan->subgraph = m_draft.subgraph;
        m_plan->values = std::move(m_draft.values);
        m_plan->inputs = std::move(m_draft.inputs);
        m_plan->outputs = std::move(m_draft.outputs);
    }

    Draft m_draft;
    PlanOptions m_options;
    base::Progress m_progress;
    std::unique_ptr<Plan> m_plan;
};

}  // namespace

base::Result<std::unique_ptr<Plan>> assign(Draft draft, const PlanOptions& options,
                                           const base::Progress& progress) {
    return Assigner(std::move(draft), options, progress).run();
}

}  // namespace lathe::runtime
