// From a draft to a plan: the kernel of each node, prepared, and the memory of each value.
#include <algorithm>
#include <new>
#include <utility>

#include "engine/base/file_map.h"
#include "engine/runtime/buffers.h"
#include "engine/runtime/draft.h"

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
        makeBuffers(m_draft, *m_plan);
        shareMemory(m_draft, *m_plan, m_options.shareParts);
        layOut(*m_plan);
        if (auto status = prepareKernels(); !status) return status.error();
        account();
        finish();
        return std::move(m_plan);
    }

  private:
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
        // The last layers are often the largest: shares are dealt by size, not by place.
        const auto order = kernelStepsBySize();
        const int64_t shares = int64_t{workers.threads()} * 4;
        workers.forRange(shares, 1, [&](int64_t begin, int64_t end) {
            for (int64_t share = begin; share < end; ++share)
                for (auto i = static_cast<size_t>(share); i < order.size(); i += static_cast<size_t>(shares))
                    done[order[i]] = prepareWithin(steps[order[i]]);
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

    // The steps that run a kernel, those with the most constant bytes first.
    std::vector<size_t> kernelStepsBySize() const {
        const auto& steps = m_plan->steps;
        std::vector<size_t> order, bytes(steps.size(), 0);
        for (size_t i = 0; i < steps.size(); ++i) {
            if (steps[i].kind != Step::Kind::kernel) continue;
            order.push_back(i);
            for (const auto value : steps[i].node.inputs)
                if (value != kNone && isConstant(value)) bytes[i] += m_draft.constant(value)->bytes().size();
        }
        std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return bytes[a] > bytes[b]; });
        return order;
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
            if (buffer.kind == Buffer::Kind::held && buffer.last >= 0 &&
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
